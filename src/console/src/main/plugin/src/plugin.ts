import { hawtio } from '@hawtio/react'
import styles from './styles.css'
import { VideoJobsPage } from './VideoJobsPage'

export const PATH = '/video-jobs'

/** Called by Hawtio once, when the tab's file has been loaded. */
export function plugin() {
  const style = document.createElement('style')
  style.textContent = styles
  document.head.append(style)
  hawtio.addPlugin({
    id: 'grokvideo',
    title: 'Video Jobs',
    path: PATH,
    order: -100,
    component: VideoJobsPage,
    isActive: async () => true
  })
}
