// Bundles the tab into one file that Hawtio loads. React, PatternFly and the router are not in it: the page has them, and two copies of
// React in one page do not work together.
import { build } from 'esbuild'

const shared = ['react', 'react-dom', 'react-router-dom', '@hawtio/react', '@patternfly/react-core', '@patternfly/react-table']
const out = process.argv[2] ?? '../resources/io/github/grokvideo/console/pages/plugins/grokvideo/remoteEntry.js'

const fromThePage = {
  name: 'from-the-page',
  setup(builder) {
    const names = new RegExp(`^(${shared.join('|')})$`)
    builder.onResolve({ filter: names }, ({ path }) => ({ path, namespace: 'page' }))
    builder.onLoad({ filter: /.*/, namespace: 'page' }, ({ path }) => ({
      contents: `module.exports = globalThis.__grokvideoShared[${JSON.stringify(path)}]`
    }))
  }
}

await build({
  entryPoints: ['src/container.ts'],
  outfile: out,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'transform',
  loader: { '.css': 'text' },
  define: { SHARED: JSON.stringify(shared) },
  plugins: [fromThePage],
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'info'
})
