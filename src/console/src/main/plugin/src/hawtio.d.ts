// What the tab uses of @hawtio/react, whose own types cannot be installed without the whole of Hawtio.
declare module '@hawtio/react' {
  import type { ComponentType } from 'react'

  export const hawtio: {
    addPlugin(plugin: {
      id: string
      title: string
      path: string
      order?: number
      component: ComponentType
      isActive: () => Promise<boolean>
    }): unknown
  }
}

declare module '*.css' {
  const text: string
  export default text
}
