import { Button } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import React from 'react'
import { BudgetBar, BudgetLegend } from './BudgetBar'
import { dateTime } from './format'
import { amount, type BudgetUse, inWords } from './spending'

export const BudgetsTable: React.FC<{
  budgets: BudgetUse[]
  /** undefined = this user may not. */
  change: ((budget: BudgetUse) => void) | undefined
}> = ({ budgets, change }) => (
  <>
    <BudgetLegend />
    <Table variant='compact' gridBreakPoint='grid-lg' aria-label='Budgets'>
      <Thead>
        <Tr>
          {['Budget', 'Limit', 'Spent (reported)', 'Spent (est.)', 'Reserved', 'Left', 'Renews'].map(label => <Th key={label} modifier='wrap'>{label}</Th>)}
          {change && <Th screenReaderText='Actions' />}
        </Tr>
      </Thead>
      <Tbody>
        {budgets.map(use => (
          <Tr key={`${use.budget} ${use.unit}`} data-budget={use.budget}>
            <Td dataLabel='Budget'>
              <div>{inWords(use)}</div>
              <BudgetBar use={use} />
            </Td>
            <Td dataLabel='Limit'>
              {amount(use.limit, use.unit)}
              {use.limit !== use.configured && <div className='grokvideo-sub'>configured: {amount(use.configured, use.unit)}</div>}
            </Td>
            <Td dataLabel='Spent (reported)'>{amount(use.spentReported, use.unit)}</Td>
            <Td dataLabel='Spent (est.)'>{amount(use.spentEstimated, use.unit)}</Td>
            <Td dataLabel='Reserved'>{amount(use.reserved, use.unit)}</Td>
            <Td dataLabel='Left'>{amount(use.left, use.unit)}</Td>
            <Td dataLabel='Renews'>{use.renewsAt === null ? 'never' : <time dateTime={use.renewsAt}>{dateTime(use.renewsAt)}</time>}</Td>
            {change && (
              <Td>
                <Button variant='secondary' size='sm' aria-label={`Change limit… ${inWords(use)}`} onClick={() => change(use)}>Change limit…</Button>
              </Td>
            )}
          </Tr>
        ))}
      </Tbody>
    </Table>
  </>
)
