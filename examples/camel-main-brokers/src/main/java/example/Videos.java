// SPDX-License-Identifier: Apache-2.0
package example;

import org.apache.camel.main.Main;

/** Runs the routes in src/main/resources/camel with the properties in application.properties. */
public class Videos {

    public static void main(String[] arguments) throws Exception {
        new Main(Videos.class).run(arguments);
    }
}
