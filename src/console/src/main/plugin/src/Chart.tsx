import React, { useId } from 'react'
import { hourMinute } from './format'

export interface Series {
  name: string
  /** A CSS colour; PatternFly's variables follow the theme. */
  color: string
  /** One for each time; null where nothing is known, which leaves a gap. */
  values: (number | null)[]
}

interface Props {
  title: string
  /** Bars are stacked. */
  kind: 'bars' | 'lines'
  at: number[]
  series: Series[]
  format: (value: number) => string
  /** For the scale, where there is little room; `format` if not given. */
  axis?: (value: number) => string
  summary: string
  /** The name of what each time begins, for the table; an hour if not given. */
  step?: string
  /** How a time is written; as hour and minute if not given. */
  label?: (at: number) => string
}

const WIDTH = 480
const HEIGHT = 190
const LEFT = 62
const BOTTOM = 22
const TOP = 8
const TIME_WIDTH = 40
const GRID = [0, 0.5, 1]

/** A chart over time, with its numbers as a table for who does not see it. */
export const Chart: React.FC<Props> = ({ title, kind, at, series, format, axis = format, summary, step: span = 'Hour', label = hourMinute }) => {
  const id = useId()
  const top = scaleTop(kind, at.length, series)
  const step = (WIDTH - LEFT) / Math.max(1, at.length)
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  return (
    <figure className='grokvideo-chart'>
      <figcaption id={id}>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role='img' aria-label={`${title}. ${summary}`}>
        {GRID.map(part => (
          <g key={part}>
            <line className='grid' x1={LEFT} x2={WIDTH} y1={y(top * part)} y2={y(top * part)} />
            <text x={LEFT - 6} y={y(top * part) + 4} textAnchor='end'>{axis(top * part)}</text>
          </g>
        ))}
        {at.map((time, i) => i % 6 === 0 && <Time key={time} x={LEFT + step * i} text={label(time)} />)}
        {kind === 'bars' ? <Bars at={at} series={series} step={step} y={y} /> : <Lines series={series} step={step} y={y} />}
      </svg>
      <ul className='grokvideo-legend'>
        {series.map(({ name, color }) => <li key={name}><i style={{ background: color }} aria-hidden='true' />{name}</li>)}
      </ul>
      <p className='grokvideo-sub'>{summary}</p>
      <details>
        <summary>{title} as a table</summary>
        <div className='grokvideo-scroll' tabIndex={0} role='region' aria-labelledby={id}>
          <table className='grokvideo-data'>
            <thead><tr><th scope='col'>{span} from</th>{series.map(({ name }) => <th scope='col' key={name}>{name}</th>)}</tr></thead>
            <tbody>
              {at.map((time, i) => (
                <tr key={time}>
                  <th scope='row'>{label(time)}</th>
                  {series.map(({ name, values }) => <td key={name}>{cell(values[i], format)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

/** The last one ends with the chart, which would cut it. */
const Time: React.FC<{ x: number; text: string }> = ({ x, text }) => (
  x > WIDTH - TIME_WIDTH ? <text x={WIDTH} y={HEIGHT - 6} textAnchor='end'>{text}</text> : <text x={x} y={HEIGHT - 6}>{text}</text>
)

const Bars: React.FC<{ at: number[]; series: Series[]; step: number; y: (value: number) => number }> = ({ at, series, step, y }) => (
  <>
    {at.map((time, i) => {
      let below = 0
      return series.map(({ name, color, values }) => {
        const from = below
        below += values[i] ?? 0
        return <rect key={`${time} ${name}`} x={LEFT + step * i + 1} width={Math.max(1, step - 2)} y={y(below)} height={y(from) - y(below)} fill={color} />
      })
    })}
  </>
)

const Lines: React.FC<{ series: Series[]; step: number; y: (value: number) => number }> = ({ series, step, y }) => (
  <>
    {series.map(({ name, color, values }) => (
      <React.Fragment key={name}>
        <path fill='none' stroke={color} strokeWidth={2} strokeLinejoin='round' d={path(values, step, y)} />
        {values.map((value, i) => value !== null && isAlone(values, i)
          && <circle key={i} cx={LEFT + step * (i + 0.5)} cy={y(value)} r={3} fill={color} />)}
      </React.Fragment>
    ))}
  </>
)

/** One value alone makes no line. */
const isAlone = (values: (number | null)[], i: number) => (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null

function path(values: (number | null)[], step: number, y: (value: number) => number): string {
  let pen = 'M'
  return values.map((value, i) => {
    if (value === null) {
      pen = 'M'
      return ''
    }
    const point = `${pen}${(LEFT + step * (i + 0.5)).toFixed(1)} ${y(value).toFixed(1)}`
    pen = 'L'
    return point
  }).join('')
}

/** The top of the scale: a round number no smaller than anything drawn. */
function scaleTop(kind: Props['kind'], length: number, series: Series[]): number {
  let most = 0
  for (let i = 0; i < length; i++) {
    const values = series.map(({ values }) => values[i] ?? 0)
    most = Math.max(most, kind === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values))
  }
  if (most <= 0) {
    return 1
  }
  const power = 10 ** Math.floor(Math.log10(most))
  return power * ([1, 2, 4, 6, 8, 10].find(factor => factor * power >= most) ?? 10)
}

const cell = (value: number | null | undefined, format: (value: number) => string) => (value === null || value === undefined ? '–' : format(value))
