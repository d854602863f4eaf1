// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, without a window. */
final class Browser implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final AtomicInteger PICTURES = new AtomicInteger();

    private final ChromeDriver driver;
    private final VideoConsole console;

    Browser(VideoConsole console, Path profile) {
        this.console = console;
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build(), options);
        show(1280, 800, false);
    }

    /** Shows pages in that size, in pixels, with light or dark colours. */
    void show(int width, int height, boolean dark) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        // Colours change gradually: half-way they have less contrast than either.
        until("the end of the transitions", page -> (Boolean) script("return document.getAnimations().every(each => each.playState"
                + " !== 'running' || each.effect.getTiming().iterations === Infinity)"));
    }

    void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Requests of this page still reach the server; {@link #offline} does not cut those that are under way. */
    void loseAnswers(boolean lose) {
        script("if (!('answersAreLost' in window)) { const real = window.fetch; window.fetch = async (...request) => {"
                + " const answer = await real(...request); if (window.answersAreLost) { throw new TypeError('Failed to fetch') }"
                + " return answer } } window.answersAreLost = arguments[0]", lose);
    }

    void forgetLogin() {
        driver.manage().deleteAllCookies();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** As the browser's own button does. */
    void back() {
        driver.navigate().back();
    }

    void open(String path) {
        driver.get(console.url() + path);
    }

    void login(String user, String password) {
        open("login");
        type(By.id("pf-login-username-id"), user);
        type(By.id("pf-login-password-id"), password);
        click(By.cssSelector("button[type=submit]"));
    }

    /** Logs in by the request of the login page, which takes seconds to load, and opens the tab. */
    void openTab(String user) {
        open("auth/config/login");
        Object status = scriptWithCallback("const done = arguments[arguments.length - 1];"
                + "fetch(arguments[2], { method: 'POST', headers: { 'Content-Type': 'application/json' }, body:"
                + " JSON.stringify({ username: arguments[0], password: arguments[1] }) }).then(answer => done(answer.status), done)",
                user, TestUsers.PASSWORD, console.url() + "auth/login");
        if (!Long.valueOf(200).equals(status)) {
            throw new AssertionError("The login of " + user + " was answered with " + status);
        }
        open("video-jobs");
        seeText(By.tagName("h1"), "Video Jobs");
    }

    void type(By field, String text) {
        WebElement element = see(field);
        // Not clear(): a field that React controls gets its old text back where it is drawn anew before the first key.
        element.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /** Clicks what is there, visible and at rest, or soon will be; tries again where the page was drawn anew meanwhile. */
    void click(By what) {
        until("click " + what, page -> {
            WebElement element = visible(what);
            if (element == null || !element.isEnabled() || !rests(element)) {
                return null;
            }
            element.click();
            return true;
        });
    }

    /** What is visible, or soon will be. */
    WebElement see(By what) {
        return until("see " + what, page -> visible(what));
    }

    void seeText(By where, String text) {
        until("see '" + text + "' in " + where,
                page -> page.findElements(where).stream().anyMatch(element -> element.getText().contains(text)));
    }

    void gone(By what) {
        until("no longer see " + what, page -> visible(what) == null);
    }

    int count(By what) {
        return driver.findElements(what).size();
    }

    List<String> attributes(By what, String name) {
        return driver.findElements(what).stream().map(element -> element.getDomAttribute(name)).toList();
    }

    <T> T until(String purpose, Function<WebDriver, T> condition) {
        try {
            return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100)).withMessage(purpose)
                    .ignoring(StaleElementReferenceException.class).ignoring(ElementClickInterceptedException.class)
                    .until(condition::apply);
        } catch (TimeoutException e) {
            throw failed(purpose, e);
        }
    }

    /** Tells in a picture what was there instead. */
    private AssertionError failed(String purpose, TimeoutException e) {
        Path picture = Path.of("target/screenshots/failed-" + PICTURES.incrementAndGet() + ".png");
        try {
            screenshot(picture);
        } catch (IOException unseen) {
            e.addSuppressed(unseen);
        }
        return new AssertionError("Waited in vain to " + purpose + "; seen: " + picture, e);
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object scriptWithCallback(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(script, arguments);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    /** What the browser complained about, such as a breach of the page's content security policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    /** Whether it stays where it is for two frames: a click at what moves lands beside it. */
    private boolean rests(WebElement element) {
        return (Boolean) driver.executeAsyncScript("const [element, done] = arguments;"
                + "const place = () => { const { x, y } = element.getBoundingClientRect(); return `${x} ${y}` };"
                + "const first = place(); requestAnimationFrame(() => requestAnimationFrame(() => done(place() === first)))", element);
    }

    private WebElement visible(By what) {
        return driver.findElements(what).stream().filter(WebElement::isDisplayed).findFirst().orElse(null);
    }
}
