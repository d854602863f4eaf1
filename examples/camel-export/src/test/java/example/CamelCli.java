// SPDX-License-Identifier: Apache-2.0
package example;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The command {@code camel}, as JBang would start it. */
class CamelCli {

    private CamelCli() {
    }

    public static void main(String[] arguments) {
        CamelJBangMain.run(arguments);
    }
}
