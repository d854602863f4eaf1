// SPDX-License-Identifier: Apache-2.0
package example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Videos {

    public static void main(String[] arguments) {
        SpringApplication.run(Videos.class, arguments);
    }
}
