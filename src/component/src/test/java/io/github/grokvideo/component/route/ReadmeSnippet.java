// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The route and the properties that README begins with, word for word. */
record ReadmeSnippet(String route, String properties) {

    static ReadmeSnippet read() throws IOException {
        for (Path readme : List.of(Path.of("README.md"), Path.of("../../README.md"))) {
            if (Files.isRegularFile(readme) && Files.readString(readme).startsWith("# camel-grokvideo")) {
                String text = Files.readString(readme);
                return new ReadmeSnippet(first(text, "yaml"), first(text, "properties"));
            }
        }
        throw new IOException("README.md is not where it was");
    }

    private static String first(String text, String language) {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```").matcher(text);
        if (!block.find()) {
            throw new IllegalStateException("README has no block of " + language);
        }
        return block.group(1);
    }
}
