// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The gateway's double while it runs. */
record Gateway(Process process, String base) implements AutoCloseable {

    static Gateway start() throws IOException {
        Process process = new ProcessBuilder(Contender.javaCommand(GatewayDouble.class)).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new Gateway(process, "http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
