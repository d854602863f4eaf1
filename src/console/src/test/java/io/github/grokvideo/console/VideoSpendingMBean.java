// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

/** What the component registers in JMX for what jobs cost, as far as the console knows it. */
public interface VideoSpendingMBean {

    String budgets();

    String spend(String period, String by);

    String activity(int hours, String by);

    String changeLimit(String budget, String limit);
}
