import React from 'react'

/** Drawn here, since Hawtio does not share PatternFly's icons. */
const PATHS = {
  copy: 'M5 1h8v10h-2V3H5zM2 4h8v11H2zm2 2v7h4V6z',
  done: 'M6 12 1.5 7.5 3 6l3 3 7-7L14.5 3.5z',
  table: 'M1 2h14v3H1zm0 4.5h14v3H1zM1 11h14v3H1z',
  gallery: 'M1 1h6v6H1zm8 0h6v6H9zM1 9h6v6H1zm8 0h6v6H9z',
  play: 'M4 2v12l10-6z',
  film: 'M1 2h14v12H1zm2 1.5v2h1.5v-2zm0 3.5v2h1.5V7zm0 3.5v2h1.5v-2zm8.5-7v2H13v-2zm0 3.5v2H13V7zm0 3.5v2H13v-2zM6 4v3.2h4V4zm0 4.8V12h4V8.8z'
} as const

export type IconName = keyof typeof PATHS

export const Icon: React.FC<{ name: IconName }> = ({ name }) => (
  <svg className='grokvideo-icon' viewBox='0 0 16 16' width='1em' height='1em' fill='currentColor' fillRule='evenodd' aria-hidden='true'>
    <path d={PATHS[name]} />
  </svg>
)
