import { Title } from '@patternfly/react-core'
import React from 'react'

export const Section: React.FC<{ title: string; children: React.ReactNode }> = ({ title, children }) => (
  <section>
    <Title headingLevel='h2' size='md'>{title}</Title>
    {children}
  </section>
)
