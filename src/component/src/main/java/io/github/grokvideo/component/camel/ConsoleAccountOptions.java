// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

/** Whether people may make videos of an account in the web console. */
public abstract class ConsoleAccountOptions {

    private boolean consoleSubmit;
    private String consoleDirectory;

    /** Creates options that allow nothing. */
    protected ConsoleAccountOptions() {
    }

    /** @return whether managers may make videos in the web console that this account pays for */
    public boolean isConsoleSubmit() {
        return consoleSubmit;
    }

    /** @param consoleSubmit whether managers may make videos in the web console that this account pays for */
    public void setConsoleSubmit(boolean consoleSubmit) {
        this.consoleSubmit = consoleSubmit;
    }

    /** @return the directory in which videos made in the web console stay; null = a {@code completed} consumer takes them */
    public String getConsoleDirectory() {
        return consoleDirectory;
    }

    /** @param consoleDirectory directory in which videos made in the web console stay; null = a {@code completed} consumer takes them */
    public void setConsoleDirectory(String consoleDirectory) {
        this.consoleDirectory = consoleDirectory;
    }
}
