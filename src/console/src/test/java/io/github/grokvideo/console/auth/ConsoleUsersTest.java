// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleUsersTest {

    private static final PasswordHash HASH = PasswordHash.of("secret".toCharArray(), PasswordHash.MIN_ITERATIONS);

    @Test
    void readsTheLinesThatTheCommandPrints(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("users.properties"), "# who may log in\n"
                + PasswordCommand.line("ann", "manager", "pässword".toCharArray()) + "\n"
                + PasswordCommand.line("vic", "viewer", "x".toCharArray()) + "\n");

        ConsoleUsers users = ConsoleUsers.of(file);

        assertThat(users.login("ann", "pässword".toCharArray()))
                .hasValueSatisfying(user -> assertThat(user.role()).isEqualTo(Role.MANAGER));
        assertThat(users.login("vic", "x".toCharArray())).hasValueSatisfying(user -> assertThat(user.role()).isEqualTo(Role.VIEWER));
        assertThat(users.login("vic", "pässword".toCharArray())).isEmpty();
        assertThat(users.login("bob", "x".toCharArray())).isEmpty();
        assertThat(users.login("bob", "nobody".toCharArray())).isEmpty();
        assertThat(users.login("ann", new char[0])).isEmpty();
    }

    @Test
    void saltsEveryHash() {
        PasswordHash again = PasswordHash.of("secret".toCharArray(), PasswordHash.MIN_ITERATIONS);

        assertThat(again.text()).isNotEqualTo(HASH.text());
        assertThat(PasswordHash.parse(again.text()).matches("secret".toCharArray())).isTrue();
        assertThat(again).asString().doesNotContain(again.text().split("\\$")[3]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manager secret", "manager", "root pbkdf2-sha256$600000$c2FsdHNhbHRzYWx0c2FsdA==$aGFzaA==",
            "manager pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0c2FsdA==$9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0=",
            "manager pbkdf2-sha256$600000$c2FsdA==$aGFzaA=="})
    void namesTheUserOfAnUnusableLineWithoutRepeatingIt(String entry) {
        Properties entries = new Properties();
        entries.setProperty("ann", entry);

        assertThatThrownBy(() -> ConsoleUsers.of(entries)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("User 'ann'")
                .hasMessageNotContaining("secret").hasMessageNotContaining("c2FsdA");
    }

    @ParameterizedTest
    @CsvSource({"209999", "10000001", "0"})
    void refusesAHashThatIsGuessedTooFastOrCheckedTooSlowly(int iterations) {
        assertThatThrownBy(() -> PasswordHash.of("secret".toCharArray(), iterations)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("210000 to 10000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "public", "a b", "ann\n", "x\"y"})
    void refusesNamesThatCannotLogIn(String name) {
        assertThatThrownBy(() -> new ConsoleUser(name, Role.VIEWER, HASH)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToHaveNobody() {
        assertThatThrownBy(() -> ConsoleUsers.of(List.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a user");
    }

    @Test
    void refusesTwoOfAName() {
        ConsoleUser ann = new ConsoleUser("ann", Role.VIEWER, HASH);

        assertThatThrownBy(() -> ConsoleUsers.of(List.of(ann, ann))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'ann'");
    }
}
