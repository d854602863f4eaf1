// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.app.observe.ObserveChoice;
import io.github.grokvideo.app.routes.RouteChoice;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.servers.ServerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppOptionsTest {

    @Test
    void nothingGivenMeansTheFoldersOfTheRepository() throws Exception {
        assertThat(AppCommandLine.parse(List.of())).isEqualTo(AppOptions.DEFAULTS);
        assertThat(AppOptions.DEFAULTS.inbox()).isEqualTo(Path.of("inbox"));
        assertThat(AppOptions.DEFAULTS.prompts()).isEqualTo(Path.of("examples/prompts"));
    }

    @Test
    void everyOptionIsUnderstood() throws Exception {
        AppOptions options = AppCommandLine.parse(List.of("--once", "--inbox=/a b/in", "--outbox=out=1", "--prompts=p", "--help",
                "--routes=a,b", "--with=artemis:61616,s3", "--console-port=8778", "--observe-port=0"));

        assertThat(options).isEqualTo(new AppOptions(Path.of("/a b/in"), Path.of("out=1"), Path.of("p"), true, true,
                new RouteChoice(List.of("a", "b")), new ServerChoice(Map.of(ServerKind.ARTEMIS, 61616, ServerKind.S3, 0)),
                new ObserveChoice(false, 8778, 0)));
        assertThat(AppCommandLine.parse(List.of("--no-console")).observe()).isEqualTo(new ObserveChoice(true, null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--onec         | Unknown argument --onec: the options are --once, --inbox=DIR",
            "prompt.txt     | Unknown argument prompt.txt",
            "--inbox        | Missing value for option '--inbox': needs a folder",
            "--inbox=       | Invalid value for option '--inbox': needs a folder",
            "--once=true    | --once takes no value",
            "--routes=,     | Invalid value for option '--routes': needs names of routes, such as file-to-file,image-to-video",
            "--with         | Missing value for option '--with': needs names of servers: s3, artemis, mail, kafka",
            "--with=s3,ftp  | Invalid value for option '--with': there is no server 'ftp';"
                    + " the servers are s3, artemis, mail, kafka",
            "--with=s3:0    | Invalid value for option '--with': s3:PORT needs a port from 1 to 65535",
            "--no-console=1 | --no-console takes no value",
            "--console-port | Missing value for option '--console-port': needs a port from 1 to 65535, or 0 for any free one",
            "--observe-port=65536 | Invalid value for option '--observe-port': needs a port from 1 to 65535, or 0 for any free one",
            "--inbox --once | Missing value for option '--inbox': needs a folder",
            "--console-port=sk-1 | Invalid value for option '--console-port': needs a port",
            "--once=sk-1    | --once takes no value",
            "--api-key=sk-1 | A key does not belong on the command line"})
    void whatIsWrongIsSaidInOneLine(String argument, String message) {
        assertThatThrownBy(() -> AppCommandLine.parse(List.of(argument.strip().split(" "))))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message.strip())
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("sk-1");
    }

    @Test
    void aValueMayFollowItsOptionAndTheLastValueCounts() throws Exception {
        assertThat(AppCommandLine.parse(List.of("--inbox=a", "--inbox", "b c")).inbox()).isEqualTo(Path.of("b c"));
    }

    @Test
    void aConsoleCannotBeLeftOutAndHaveAPort() {
        assertThatThrownBy(() -> AppCommandLine.parse(List.of("--console-port=0", "--no-console")))
                .isInstanceOf(UsageException.class).hasMessage("--no-console and --console-port contradict each other");
    }

    @Test
    void helpNamesEveryOptionAndVariable() {
        assertThat(AppCommandLine.help()).contains("--once", "--inbox", "--outbox", "--prompts", "--routes", "--with", "--console-port",
                "--no-console", "--observe-port", "GROKVIDEO_CONSOLE_USERS", "GROKVIDEO_CONSOLE_URL", "--help", "GROKVIDEO_PROVIDER",
                "GROKVIDEO_API_KEY", "GROKVIDEO_BASE_URL", "GROKVIDEO_MODEL");
        assertThat(AppCommandLine.help().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(125));
    }
}
