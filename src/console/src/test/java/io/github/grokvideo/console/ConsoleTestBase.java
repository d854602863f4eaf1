// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share one console, with a viewer and a manager. */
abstract class ConsoleTestBase {

    static VideoConsole console;

    @BeforeAll
    static void startConsole() {
        console = VideoConsole.builder().users(TestUsers.both()).build();
        console.start();
    }

    @AfterAll
    static void closeConsole() {
        console.close();
    }

    static Browserless loggedIn(String user) {
        Browserless browser = new Browserless(console);
        assertThat(browser.login(user, TestUsers.PASSWORD).statusCode()).isEqualTo(200);
        return browser;
    }
}
