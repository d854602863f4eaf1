// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Finds out what kind of screen there is. */
final class Terminal {

    private static final int USUAL_WIDTH = 80;

    private Terminal() {
    }

    static Display display(Map<String, String> environment, Clock clock) {
        Console console = System.console();
        if (!isTerminal(console != null, environment)) {
            return new PlainDisplay(System.out, clock);
        }
        Charset charset = console.charset();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset);
        return new TerminalDisplay(
                out, clock, width(environment), charset.name().startsWith("UTF"), environment.get("NO_COLOR") == null);
    }

    static boolean isTerminal(boolean console, Map<String, String> environment) {
        String kind = environment.get("TERM");
        return console && kind != null && !kind.isBlank() && !kind.equals("dumb");
    }

    private static int width(Map<String, String> environment) {
        try {
            String columns = environment.get("COLUMNS");
            return columns != null ? Integer.parseInt(columns) : fromSystem();
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    /** A wrapped line could not be redrawn, so the real width matters. */
    private static int fromSystem() {
        File terminal = new File("/dev/tty");
        if (!terminal.exists()) {
            return USUAL_WIDTH;
        }
        try {
            Process size = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!size.waitFor(1, TimeUnit.SECONDS)) {
                size.destroyForcibly();
                return USUAL_WIDTH;
            }
            String answer = new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String[] rowsAndColumns = answer.strip().split(" ");
            int columns = rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IOException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }
}
