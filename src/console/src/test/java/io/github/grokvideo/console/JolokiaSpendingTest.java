// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.management.JMException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What logins may do over JMX with budgets, tried over HTTP. */
class JolokiaSpendingTest extends ConsoleTestBase {

    private static final String SPENDING = "org.apache.camel:context=spending,type=services,name=VideoSpending";

    private FakeVideoSpending spending;

    @BeforeEach
    void register() throws JMException {
        spending = new FakeVideoSpending("spending");
    }

    @AfterEach
    void unregister() throws JMException {
        spending.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {TestUsers.VIEWER, TestUsers.MANAGER})
    void everyLoginReadsBudgetsAndSums(String user) {
        Browserless browser = loggedIn(user);

        JsonNode budgets = browser.jolokia(exec("budgets"));
        assertThat(budgets.get("status").asInt()).isEqualTo(200);
        assertThat(Browserless.tree(budgets.get("value").asText()).findValuesAsText("budget"))
                .containsExactly("account:default/day", "store/total", "tag:acme/spring/month");
        JsonNode sums = browser.jolokia(exec("spend", "today", "tag"));
        assertThat(sums.get("status").asInt()).isEqualTo(200);
        assertThat(Browserless.tree(sums.get("value").asText()).findValuesAsText("jobs")).containsExactly("3", "7", "1");
        assertThat(browser.jolokia(exec("activity", 24, "tag")).get("status").asInt()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"changeLimit", "changeLimit(java.lang.String,java.lang.String)"})
    void onlyManagersChangeALimit(String operation) {
        JsonNode refused = loggedIn(TestUsers.VIEWER).jolokia(exec(operation, "store/total", "2000"));
        assertThat(refused.get("status").asInt()).isEqualTo(403);
        assertThat(spending.changes()).isEmpty();

        JsonNode done = loggedIn(TestUsers.MANAGER).jolokia(exec(operation, "store/total", "2000"));
        assertThat(done.get("status").asInt()).isEqualTo(200);
        assertThat(spending.changes()).containsExactly("store/total=2000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "stop()", "suspend", "jobs", "purge"})
    void nobodyCallsAnythingElse(String operation) {
        for (String user : List.of(TestUsers.VIEWER, TestUsers.MANAGER)) {
            assertThat(loggedIn(user).jolokia(exec(operation)).get("status").asInt()).as(user).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({TestUsers.VIEWER + ", false", TestUsers.MANAGER + ", true"})
    void hawtiosPageLearnsWhoMayChangeALimit(String user, boolean allowed) {
        JsonNode rights = loggedIn(user).jolokia(Map.of("type", "exec",
                "mbean", "hawtio:type=security,area=jmx,name=GrokVideoInvokeRights", "operation", "canInvoke(java.util.Map)",
                "arguments", List.of(Map.of(SPENDING, List.of("budgets()", "changeLimit(java.lang.String,java.lang.String)")))))
                .get("value").get(SPENDING);

        assertThat(rights.get("budgets()").get("CanInvoke").asBoolean()).isTrue();
        assertThat(rights.get("changeLimit(java.lang.String,java.lang.String)").get("CanInvoke").asBoolean()).isEqualTo(allowed);
    }

    private static Map<String, ?> exec(String operation, Object... arguments) {
        return Map.of("type", "exec", "mbean", SPENDING, "operation", operation, "arguments", List.of(arguments));
    }
}
