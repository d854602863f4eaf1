// What the peers do at both ends of a run: tell the gateway's double about the workload, and print what it saw.
const [base, jobs, atOnce, workload, waves] = process.argv.slice(2)

async function post(path) {
  const response = await fetch(base + path, { method: 'POST' })
  return response.json()
}

export async function measure(one) {
  for (let wave = 1; wave <= Number(waves); wave++) {
    await post(`/double/begin?${workload}&wave=${wave}`)
    const began = performance.now()
    const cpu = process.cpuUsage()
    let left = Number(jobs)
    await Promise.all(Array.from({ length: Math.min(left, Number(atOnce)) }, async () => {
      while (left-- > 0) {
        await one(base)
      }
    }))
    const used = process.cpuUsage(cpu)
    const seen = await post('/double/end')
    const seconds = (performance.now() - began) / 1000
    console.log(JSON.stringify({ jobs: Number(jobs), seconds, cpuMillis: (used.user + used.system) / 1000, ...seen }))
  }
}
