import { useLocation, useNavigate } from 'react-router-dom'

/** The chosen tab is part of the address, so that it can be shared and the browser's back works. */
export function useTab(first: string): [tab: string, choose: (tab: string) => void] {
  const { hash, pathname } = useLocation()
  const navigate = useNavigate()
  return [hash.slice(1) || first, tab => navigate({ pathname, hash: tab === first ? '' : tab })]
}
