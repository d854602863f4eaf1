// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import org.apache.camel.main.Main;

/** A program of nothing but the route and the properties in its working directory, as Camel Main runs them. */
final class ReadmeSnippetMain {

    private ReadmeSnippetMain() {
    }

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().withBasePackageScanEnabled(false).withRoutesIncludePattern("file:route.camel.yaml");
        main.setPropertyPlaceholderLocations("file:application.properties");
        main.run(arguments);
    }
}
