// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks for what keeps people from using a page, with axe. */
final class Axe {

    private final Browser browser;
    private final String script;

    Axe(Browser browser) {
        this.browser = browser;
        try {
            script = Files.readString(Path.of("src/main/plugin/node_modules/axe-core/axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return serious and critical findings in our part of the page; the frame around it is Hawtio's */
    @SuppressWarnings("unchecked")
    List<String> findings() {
        browser.script(script);
        List<Map<String, Object>> violations = (List<Map<String, Object>>) browser.scriptWithCallback("const done = arguments[0];"
                + "const ours = document.querySelector('[role=dialog]') ?? document.querySelector('.grokvideo');"
                + "axe.run(ours, {resultTypes: ['violations']}).then(r => done(r.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => ({id: v.id, nodes: v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; ')}))),"
                + " e => done([{id: String(e)}]))");
        return violations.stream().map(violation -> violation.get("id") + ": " + violation.get("nodes")).toList();
    }
}
