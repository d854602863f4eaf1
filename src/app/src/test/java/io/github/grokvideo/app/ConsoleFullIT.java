// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The app's console in a browser. */
@Tag("full")
class ConsoleFullIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final By ROWS = By.cssSelector("table[aria-label*='video jobs'] tbody tr");
    private static final By OPEN = By.cssSelector("button[aria-label^='Open job ']");
    private static final By PANEL = By.cssSelector(".pf-v6-c-drawer__panel");
    private static final By PROGRESS = By.cssSelector("[role=progressbar][aria-label^='Progress of ']");

    @TempDir
    Path dir;

    private ChromeDriver browser;
    private Path inbox;

    @BeforeEach
    void openBrowser() throws Exception {
        inbox = dir.resolve("in");
        Files.createDirectories(dir.resolve("prompts"));
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--window-size=1280,900",
                "--user-data-dir=" + dir.resolve("profile"));
        browser = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile()).build(), options);
    }

    @AfterEach
    void closeBrowser() {
        browser.quit();
    }

    @Test
    void aJobAppearsProgressesAndItsKeptVideoPlays() throws Exception {
        try (AppProcess app = app(Map.of("JAVA_TOOL_OPTIONS", "-Dcamel.component.grokvideo.directory=" + dir.resolve("kept")))) {
            openTab(app);
            until("no jobs yet", page -> page.getPageSource().contains("No jobs yet"));
            drop("fox.txt", "A fox [[render=15s]]");

            until("a job", page -> page.findElements(ROWS).size() == 1);
            Set<Integer> progress = new TreeSet<>();
            until("progress", page -> {
                page.findElements(PROGRESS).forEach(bar -> progress.add(Integer.valueOf(bar.getDomAttribute("aria-valuenow"))));
                return progress.size() >= 3;
            });
            picture("running");
            until("the end of the job", page -> page.findElement(ROWS).getText().contains("DELIVERED"));

            click(OPEN);
            WebElement video = see(By.tagName("video"));
            until("the length", page -> truth("return arguments[0].readyState >= 1 && arguments[0].duration > 5", video));
            browser.executeScript("arguments[0].muted = true; arguments[0].play()", video);
            until("play", page -> truth("return arguments[0].readyState >= 2 && arguments[0].currentTime > 0.5", video));
            double before = ((Number) browser.executeScript("return arguments[0].currentTime", video)).doubleValue();
            until("play on", page -> truth("return arguments[0].currentTime > arguments[1] + 0.5", video, before));
            picture("kept");
        }
    }

    @Test
    void theTabSaysWhereTheVideoOfTheDemoWent() throws Exception {
        // Has a sample of three scenes, whose videos it moves into a folder.
        try (AppProcess app = app(Map.of(), "--routes=storyboard")) {
            openTab(app);
            until("the end of the jobs", page -> page.findElements(ROWS).stream()
                    .filter(row -> row.getText().contains("DELIVERED")).count() == 3);

            click(OPEN);
            until("where it went", page -> see(PANEL).getText()
                    .contains("The route storyboard has put it at " + dir.resolve("out/storyboard")));
            picture("handed-on");
            assertThat(browser.findElements(By.tagName("video"))).isEmpty();
        }
    }

    private AppProcess app(Map<String, String> environment, String... more) throws Exception {
        List<String> arguments = Stream.concat(Stream.of(
                "--inbox=" + inbox, "--outbox=" + dir.resolve("out"), "--prompts=" + dir.resolve("prompts")), Stream.of(more)).toList();
        return new AppProcess(dir, environment, arguments.toArray(String[]::new));
    }

    private void drop(String name, String prompt) throws Exception {
        Path aside = Files.writeString(inbox.resolve("." + name + ".part"), prompt);
        Files.move(aside, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void openTab(AppProcess app) throws Exception {
        String url = ObservedApp.consoleUrl(app);
        browser.get(url + "login");
        see(By.id("pf-login-username-id")).sendKeys("admin");
        see(By.id("pf-login-password-id")).sendKeys(ObservedApp.password(app));
        click(By.cssSelector("button[type=submit]"));
        until("the login", page -> !page.getCurrentUrl().contains("/login"));
        click(By.linkText("Video Jobs"));
        until("the tab", page -> page.findElements(By.tagName("h1")).stream().anyMatch(h1 -> h1.getText().contains("Video Jobs")));
    }

    private WebElement see(By what) {
        return until("see " + what, page -> page.findElements(what).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
    }

    private void click(By what) {
        until("click " + what, page -> {
            see(what).click();
            return true;
        });
    }

    private boolean truth(String script, Object... arguments) {
        return (Boolean) browser.executeScript(script, arguments);
    }

    private <T> T until(String purpose, Function<WebDriver, T> condition) {
        return new WebDriverWait(browser, PATIENCE, Duration.ofMillis(100)).withMessage(purpose)
                .ignoring(StaleElementReferenceException.class).ignoring(org.openqa.selenium.ElementClickInterceptedException.class)
                .until(condition::apply);
    }

    private void picture(String name) throws Exception {
        Path file = Path.of("target", "screenshots", "app-" + name + ".png");
        Files.createDirectories(file.getParent());
        Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
    }
}
