// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, without a window, before the demo's console. */
final class DemoBrowser implements AutoCloseable {

    static final By ROWS = By.cssSelector("table[aria-label*='video jobs'] tbody tr");
    static final By DETAIL = By.cssSelector(".grokvideo-detail .grokvideo-columns");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path AXE = AppProcess.ROOT.resolve("src/console/src/main/plugin/node_modules/axe-core/axe.min.js");

    private final ChromeDriver driver;

    DemoBrowser(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile()).build(), options);
        show(1280, 860, false);
    }

    /** Shows pages in that size, in pixels, with light or dark colours. */
    void show(int width, int height, boolean dark) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void reload() {
        driver.navigate().refresh();
    }

    void openTab(AppProcess app) throws IOException {
        driver.get(ObservedApp.consoleUrl(app) + "login");
        see(By.id("pf-login-username-id")).sendKeys("admin");
        see(By.id("pf-login-password-id")).sendKeys(ObservedApp.password(app));
        click(By.cssSelector("button[type=submit]"));
        until("the login", page -> !page.getCurrentUrl().contains("/login"));
        click(By.linkText("Video Jobs"));
        until("the tab", page -> page.findElements(By.tagName("h1")).stream().anyMatch(h1 -> h1.getText().contains("Video Jobs")));
    }

    /** Opens the page of the job with that title. */
    void openJob(String title) {
        click(By.xpath("//a[contains(@class, 'grokvideo-title')][.='" + title + "']"));
        see(DETAIL);
    }

    /** The list scrolls to the job as it gives it the focus: a click before that would miss what it is aimed at. */
    void backToAllJobs() {
        click(By.cssSelector(".grokvideo-detail nav a"));
        until("the focus on the job", page -> truth("return document.activeElement.closest('[data-job]') !== null"));
    }

    List<WebElement> all(By what) {
        return driver.findElements(what);
    }

    WebElement see(By what) {
        return until("see " + what, page -> page.findElements(what).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
    }

    /** Clicks what is there and at rest: a click at what moves lands beside it. */
    void click(By what) {
        until("click " + what, page -> {
            WebElement element = see(what);
            boolean rests = (Boolean) driver.executeAsyncScript("const [element, done] = arguments;"
                    + "const place = () => { const { x, y } = element.getBoundingClientRect(); return `${x} ${y}` };"
                    + "const first = place(); requestAnimationFrame(() => requestAnimationFrame(() => done(place() === first)))", element);
            if (rests) {
                element.click();
            }
            return rests;
        });
    }

    void press(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    boolean truth(String script, Object... arguments) {
        return (Boolean) driver.executeScript(script, arguments);
    }

    /** Waits until the video plays: its time goes on. */
    void seePlaying(String video) {
        until("play", page -> truth("const video = document.querySelector(arguments[0]);"
                + "return video !== null && video.readyState >= 2 && video.currentTime > 0.5", video));
        double before = ((Number) script("return document.querySelector(arguments[0]).currentTime", video)).doubleValue();
        until("play on", page -> truth("return document.querySelector(arguments[0]).currentTime > arguments[1] + 0.3", video, before));
    }

    <T> T until(String purpose, Function<WebDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100)).withMessage(purpose)
                .ignoring(StaleElementReferenceException.class).ignoring(ElementClickInterceptedException.class)
                .until(condition::apply);
    }

    /** Serious and critical findings of axe in our part of the page. */
    @SuppressWarnings("unchecked")
    List<String> findings() throws IOException {
        driver.executeScript(Files.readString(AXE));
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return (List<String>) driver.executeAsyncScript("const done = arguments[0];"
                + "axe.run(document.querySelector('.grokvideo'), {resultTypes: ['violations']}).then(r => done(r.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; '))), e => done([String(e)]))");
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
