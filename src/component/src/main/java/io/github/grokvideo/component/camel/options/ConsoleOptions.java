// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.options;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.DefaultComponent;

/** The component options that say whether people may make videos of the account default in the web console. */
public abstract class ConsoleOptions extends DefaultComponent {

    @Metadata(label = "account,security", defaultValue = "false",
              description = "Whether managers may make videos in the web console that the account default pays for. Other accounts have an "
                            + "option consoleSubmit of their own.")
    private boolean consoleSubmit;
    @Metadata(label = "account",
              description = "The directory for videos of the account default that are made in the web console: they stay there, and no "
                            + "completed consumer gets them. Unset: they are jobs like those of submit, which a completed consumer takes.")
    private String consoleDirectory;

    protected ConsoleOptions() {
    }

    protected ConsoleOptions(CamelContext context) {
        super(context);
    }

    public boolean isConsoleSubmit() {
        return consoleSubmit;
    }

    public void setConsoleSubmit(boolean consoleSubmit) {
        this.consoleSubmit = consoleSubmit;
    }

    public String getConsoleDirectory() {
        return consoleDirectory;
    }

    public void setConsoleDirectory(String consoleDirectory) {
        this.consoleDirectory = consoleDirectory;
    }
}
