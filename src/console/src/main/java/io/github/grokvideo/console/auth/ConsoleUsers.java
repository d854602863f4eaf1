// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** All users of the console. Immutable and thread-safe. */
public final class ConsoleUsers {

    private final Map<String, ConsoleUser> users = new LinkedHashMap<>();
    // Compared if the user does not exist, so that the response time does not reveal which users exist.
    private final PasswordHash nobody;

    private ConsoleUsers(Collection<ConsoleUser> users) {
        if (users.isEmpty()) {
            throw new IllegalArgumentException("The console needs a user: without one nobody could log in");
        }
        for (ConsoleUser user : users) {
            if (this.users.put(user.name(), user) != null) {
                throw new IllegalArgumentException("There are two users '" + user.name() + "'");
            }
        }
        nobody = PasswordHash.of("nobody".toCharArray(), users.stream().mapToInt(user -> user.password().iterations()).max().getAsInt());
    }

    public static ConsoleUsers of(Collection<ConsoleUser> users) {
        return new ConsoleUsers(users);
    }

    /**
     * Users written as {@code name = role hash}, for instance from the application's own properties.
     *
     * @throws IllegalArgumentException naming the user whose entry is unusable, or if there is none
     */
    public static ConsoleUsers of(Properties entries) {
        return new ConsoleUsers(entries.stringPropertyNames().stream().sorted()
                .map(name -> user(name, entries.getProperty(name))).toList());
    }

    /**
     * Users of a properties file in UTF-8, one line {@code name = role hash} each, as {@link PasswordCommand} prints them.
     *
     * @throws IllegalArgumentException naming the user whose line is unusable, or if there is none
     * @throws IOException              if the file cannot be read
     */
    public static ConsoleUsers of(Path file) throws IOException {
        Properties entries = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            entries.load(reader);
        }
        try {
            return of(entries);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** The user if the password is right. Takes the same time for an unknown user if all hashes have the same iterations. */
    Optional<ConsoleUser> login(String name, char[] password) {
        ConsoleUser user = users.get(name);
        boolean right = (user == null ? nobody : user.password()).matches(password);
        return right ? Optional.ofNullable(user) : Optional.empty();
    }

    private static ConsoleUser user(String name, String entry) {
        String[] parts = entry.trim().split("\\s+");
        try {
            if (parts.length != 2) {
                throw new IllegalArgumentException("expected 'role hash', as the class " + PasswordCommand.class.getName() + " prints it");
            }
            return new ConsoleUser(name, Role.of(parts[0]), PasswordHash.parse(parts[1]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("User '" + name + "': " + e.getMessage(), e);
        }
    }
}
