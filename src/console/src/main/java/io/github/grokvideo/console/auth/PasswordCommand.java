// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/**
 * Prints a line for the console's users file: {@code java -cp ... io.github.grokvideo.console.auth.PasswordCommand <user> <role>}.
 * The password is prompted for, or read from the first line of standard input. It is never an argument, which other processes could see.
 */
public final class PasswordCommand {

    private PasswordCommand() {
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("Usage: " + PasswordCommand.class.getSimpleName()
                    + " <user> <viewer|manager>   (the password is asked for)");
            System.exit(2);
        }
        try {
            System.out.println(line(args[0], args[1], readPassword()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * The line of a users file.
     *
     * @throws IllegalArgumentException if the name, the role or the password is unusable
     */
    public static String line(String name, String role, char[] password) {
        ConsoleUser user = new ConsoleUser(name, Role.of(role), PasswordHash.of(password, PasswordHash.DEFAULT_ITERATIONS));
        return user.name() + " = " + user.role().roleName() + " " + user.password().text();
    }

    private static char[] readPassword() throws IOException {
        Console terminal = System.console();
        if (terminal == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return line == null ? new char[0] : line.toCharArray();
        }
        char[] password = terminal.readPassword("Password: ");
        if (password == null || !new String(password).equals(new String(terminal.readPassword("Again: ")))) {
            throw new IllegalArgumentException("The two passwords differ");
        }
        return password;
    }
}
