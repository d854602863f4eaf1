import { Button } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { since } from './format'
import type { RefusedAccount } from './problems'

/** Accounts that a gateway refuses. */
export const RefusedAccounts: React.FC<{
  accounts: RefusedAccount[]
  now: number
  /** undefined = this user may not. */
  ask: ((id: string) => void) | undefined
}> = ({ accounts, now, ask }) => (
  <Table variant='compact' gridBreakPoint='grid-lg' aria-label='Refused accounts'>
    <Thead>
      <Tr>
        {['Account', 'Gateway', 'Refused for', 'Answer'].map(label => <Th key={label} modifier='nowrap'>{label}</Th>)}
        {ask && <Th screenReaderText='Actions' />}
      </Tr>
    </Thead>
    <Tbody>
      {accounts.map(each => (
        <Tr key={`${each.provider} ${each.account}`} data-account={each.account}>
          <Td dataLabel='Account'>{each.account}</Td>
          <Td dataLabel='Gateway'>{each.provider}</Td>
          <Td dataLabel='Refused for'><time dateTime={each.refusedSince}>{since(each.refusedSince, now)}</time></Td>
          <Td dataLabel='Answer'>{each.error ?? '–'}</Td>
          {ask && (
            <Td>
              {each.waitingJob === null ? 'no job waits' : (
                <Button variant='secondary' size='sm' aria-label={`Try again with the account ${each.account}`} onClick={() => ask(each.waitingJob as string)}>Try again</Button>
              )}
            </Td>
          )}
        </Tr>
      ))}
    </Tbody>
  </Table>
)
