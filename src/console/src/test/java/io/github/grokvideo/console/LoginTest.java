// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
        assertThat(login.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'");
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

    @Test
    void aLoginThatSaysItIsLargeIsNotRead() {
        assertThat(browser.statusOfUnsent("auth/login", "application/json", 2_000_000)).isEqualTo(413);
    }

    @Test
    void aLargeLoginOfUnknownLengthIsNotReadToItsEnd() {
        String body = "{\"username\":\"" + "x".repeat(1 << 20) + "\",\"password\":\"x\"}";

        assertThat(browser.send(browser.request("auth/login").header("Content-Type", "application/json").POST(
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))))
                .statusCode()).isEqualTo(413);
    }

    @Test
    void behindAProxyTheAddressesOfItsCallersCount() {
        console.close();
        try (VideoConsole behind = VideoConsole.builder().users(TestUsers.both())
                .publicUrl(URI.create("https://console.example.com")).build()) {
            behind.start();
            Browserless visitor = new Browserless(behind);
            for (int i = 0; i < 3; i++) {
                // What stands before the proxy's own word is the caller's invention.
                visitor.send(visitor.loginRequest(TestUsers.MANAGER, "wrong").header("X-Forwarded-For", "192.0.2." + i + ", 203.0.113.9"));
            }

            assertThat(visitor.send(visitor.loginRequest(TestUsers.MANAGER, TestUsers.PASSWORD).header("X-Forwarded-For", "203.0.113.9"))
                    .statusCode()).isEqualTo(429);
            assertThat(visitor.send(visitor.loginRequest(TestUsers.MANAGER, TestUsers.PASSWORD).header("X-Forwarded-For", "203.0.113.10"))
                    .statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutAProxyNobodyChoosesHisAddress() {
        for (int i = 0; i < 3; i++) {
            browser.send(browser.loginRequest(TestUsers.MANAGER, "wrong").header("X-Forwarded-For", "203.0.113." + i));
        }

        assertThat(browser.send(browser.loginRequest(TestUsers.MANAGER, TestUsers.PASSWORD).header("X-Forwarded-For", "203.0.113.9"))
                .statusCode()).isEqualTo(429);
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

    @ParameterizedTest
    @ValueSource(strings = {"auth/logout", "user", "videos/me"})
    void answersNoPageOfAnotherPortOfThisMachine(String path) {
        browser.login(TestUsers.VIEWER, TestUsers.PASSWORD);

        assertThat(browser.send(browser.request(path).header("Sec-Fetch-Site", "same-site")).statusCode()).isEqualTo(403);
        assertThat(browser.send(browser.request("videos/me").header("Sec-Fetch-Site", "same-origin")).statusCode()).as("still logged in")
                .isEqualTo(200);
    }

    @Test
    void aLinkFromElsewhereOpensThePage() {
        assertThat(browser.send(browser.request("login").header("Sec-Fetch-Site", "cross-site")).statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotTakeASessionThatWasThereBeforeTheLogin() {
        HttpRequest.Builder planted = browser.loginRequest(TestUsers.MANAGER, TestUsers.PASSWORD)
                .header("Cookie", "GROKVIDEO_CONSOLE_" + URI.create(console.url()).getPort() + "=planted");

        String cookie = browser.send(planted).headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).doesNotContain("planted");
        String first = cookie.substring(0, cookie.indexOf(';'));
        assertThat(browser.login(TestUsers.MANAGER, TestUsers.PASSWORD).headers().firstValue("Set-Cookie").orElseThrow())
                .as("a login anew is a session anew").doesNotStartWith(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{", "[]", "null", "{\"username\":1}"})
    void saysNothingOfItsInsidesToANonsenseLogin(String body) {
        HttpResponse<String> answer = browser.send(browser.request("auth/login").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain("\tat ").doesNotContain("Caused by").doesNotContain("io.hawt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic %%%", "Basic", "Basic Og==", "Bearer x"})
    void saysNothingOfItsInsidesToNonsenseCredentials(String authorization) {
        HttpResponse<String> answer = browser.send(browser.request("videos/me").header("Authorization", authorization));

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain("\tat ").doesNotContain("Caused by").doesNotContain("io.hawt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jolokia/..;/videos/me", "x/..;/videos/me", "videos/%6de", "videos//me", "/hawtio//videos/me", "./videos/me",
            "login/../videos/me", "js/..%2fvideos/me"})
    void hasNoWayRoundTheLogin(String path) throws IOException {
        // As it stands: a client of good manners would tidy the path up.
        assertThat(rawGet(path)).doesNotContain("\"role\"");
    }

    private String rawGet(String path) throws IOException {
        URI url = URI.create(console.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            String target = path.startsWith("/") ? path : url.getPath() + path;
            socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void worksBehindATlsProxyOfAnotherName() {
        console.close();
        try (VideoConsole behind = VideoConsole.builder().users(TestUsers.both())
                .publicUrl(URI.create("https://console.example.com")).build()) {
            behind.start();
            String origin = "https://console.example.com";
            Browserless visitor = new Browserless(behind);
            HttpResponse<String> login = visitor.send(visitor.loginRequest(TestUsers.VIEWER, TestUsers.PASSWORD).header("Origin", origin));

            assertThat(login.statusCode()).isEqualTo(200);
            String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("; Secure");
            // The client does not send a Secure cookie over HTTP, as the proxy would.
            HttpRequest.Builder read = visitor.request("jolokia").header("Content-Type", "application/json").header("Origin", origin)
                    .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"version\"}"));
            assertThat(visitor.send(read).body()).contains("\"status\":200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x.example", "https://x.example/console", "https:///", "https://user@x.example", "x.example",
            "https://x.example/?a=b"})
    void refusesAPublicUrlThatIsNone(String url) {
        VideoConsole.Builder builder = VideoConsole.builder();

        assertThatThrownBy(() -> builder.publicUrl(URI.create(url))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://console.example.com");
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
