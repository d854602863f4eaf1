package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    private final VideoConsole console = VideoConsole.builder().users(TestUsers.both()).build();
    private Browserless browser;

    @BeforeEach
    void start() {
        console.start();
        browser = new Browserless(console);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jolokia/version", "videos/me", "videos/job-1"})
    void answersNothingBeforeALogin(String path) {
        HttpResponse<String> answer = browser.send(browser.request(path).header("Origin", browser.origin()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void leadsToTheLoginPage() {
        assertThat(browser.get("").headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/hawtio/login"));
        assertThat(browser.get("/").headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/hawtio/"));
        assertThat(browser.get("login").body()).contains("<div id=\"root\">");
    }

    @Test
    void tellsThePageWhoLoggedIn() {
        assertThat(browser.login(TestUsers.VIEWER, TestUsers.PASSWORD).statusCode()).isEqualTo(200);

        HttpResponse<String> me = browser.get("videos/me");
        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(Browserless.tree(me.body())).isEqualTo(Browserless.tree("{\"user\":\"vic\",\"role\":\"viewer\"}"));
    }

    @Test
    void forgetsALoginAtTheLogout() {
        browser.login(TestUsers.MANAGER, TestUsers.PASSWORD);
        browser.get("auth/logout");

        assertThat(browser.get("videos/me").statusCode()).isEqualTo(403);
    }

    @Test
    void keepsTheSessionFromScriptsAndOtherSites() {
        HttpResponse<String> login = browser.login(TestUsers.MANAGER, TestUsers.PASSWORD);

        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("GROKVIDEO_CONSOLE_").contains("; HttpOnly").contains("; SameSite=Strict").contains("; Path=/hawtio");
        assertThat(login.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'self'", "frame-ancestors 'none'");
    }

    @Test
    void refusesMoreGuessesAfterThree() {
        for (int i = 0; i < 3; i++) {
            assertThat(browser.login("user-" + i, "wrong").statusCode()).isEqualTo(403);
        }

        HttpResponse<String> right = browser.login(TestUsers.MANAGER, TestUsers.PASSWORD);
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValueAsLong("Retry-After")).hasValue(1);
    }

    /** Every way to send a password counts: a page that Hawtio would redirect as well. */
    @ParameterizedTest
    @ValueSource(strings = {"jolokia/version", "videos/me", "camel"})
    void countsGuessesOutsideTheLoginPage(String path) {
        for (int i = 0; i < 3; i++) {
            browser.send(browser.request(path).header("Authorization", Browserless.basic(TestUsers.MANAGER, "wrong-" + i)));
        }

        assertThat(browser.send(browser.request(path).header("Authorization", Browserless.basic(TestUsers.MANAGER, TestUsers.PASSWORD)))
                .statusCode()).isEqualTo(429);
    }

    @Test
    void refusesALoginThatAForeignPageSends() {
        HttpResponse<String> answer =
                browser.send(browser.loginRequest(TestUsers.MANAGER, TestUsers.PASSWORD).header("Origin", "http://127.0.0.1:3000"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void cannotBeOpenedByASystemPropertyMeantForAnotherHawtio() {
        console.close();
        System.setProperty("hawtio.authenticationEnabled", "false");
        try {
            console.start();
            assertThat(new Browserless(console).get("videos/me").statusCode()).isEqualTo(403);
        } finally {
            System.clearProperty("hawtio.authenticationEnabled");
        }
    }

    @Test
    void makesUpAPasswordWhereNoUsersAreGivenAndTellsItOnce() {
        console.close();
        try (VideoConsole other = VideoConsole.builder().build()) {
            other.start();
            String password = other.takeGeneratedPassword().orElseThrow();

            assertThat(password).hasSizeGreaterThan(20);
            assertThat(other.takeGeneratedPassword()).isEmpty();
            Browserless visitor = new Browserless(other);
            assertThat(visitor.login("admin", password).statusCode()).isEqualTo(200);
            assertThat(visitor.get("videos/me").body()).contains("manager");
        }
    }
}
