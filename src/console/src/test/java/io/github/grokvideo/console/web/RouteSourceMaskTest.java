// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source of routes as it stands in JSON. */
class RouteSourceMaskTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "<to uri=\\\"grokvideo:generate?apiKey=hunter2&amp;duration=6\\\"\\/>",
            "<to uri=\\\"grokvideo:generate?apiKey=RAW(a)hunter2&amp;b)&amp;duration=6\\\"\\/>",
            "<to uri=\\\"grokvideo:generate?apiKey=RAW{a}hunter2}&amp;duration=6\\\"\\/>",
            "<to uri=\\\"grokvideo:generate?prompt=a&quot;hunter2&quot;&#10;hunter2&amp;duration=6\\\"\\/>",
            "<to uri=\\\"grokvideo:generate?prompt=a\\\\hunter2\\u4e2dhunter2&amp;duration=6\\\"\\/>",
            "<route><setHeader name=\\\"Authorization\\\"><constant>hunter2<\\/constant><\\/setHeader><to uri=\\\"x?duration=6\\\"\\/>",
            "<route><setHeader name=\\\"X\\\">\\n  <constant trim=\\\"false\\\">a &lt;b&gt;\\n hunter2</constant></setHeader>"
                    + "<to uri=\\\"x?duration=6\\\"\\/>",
            "<route><filter><simple>${header.A} == 'hunter2' &amp;&amp; ${header.B} == \\\"hunter2\\\"<\\/simple>"
                    + "<to uri=\\\"x?duration=6\\\"\\/>",
            "<route><filter><simple>${header.A} == &quot;hunter2&quot;<\\/simple><to uri=\\\"x?duration=6\\\"\\/>",
            "<route><log loggingLevel=\\\"INFO\\\" message=\\\"it's hunter2\\\"\\/><to uri=\\\"x?duration=6\\\"\\/>"})
    void secretsGoAndTheRestStays(String source) {
        assertThat(RouteSourceMask.masked(source)).doesNotContain("hunter2").contains("xxxxxx").contains("duration=6\\\"");
    }

    @Test
    void aLongPromptIsMaskedToItsEnd() {
        String prompt = "a&quot;\\u4e2d ".strip().repeat(100_000);

        assertThat(RouteSourceMask.masked("<route><to uri=\\\"grokvideo:generate?prompt=" + prompt + "&amp;duration=6\\\"\\/>"))
                .isEqualTo("<route><to uri=\\\"grokvideo:generate?prompt=xxxxxx&amp;duration=6\\\"\\/>");
    }

    @Test
    void whatIsNoSourceStays() {
        String job = "{\"request\":{\"type\":\"exec\"},\"value\":\"{\\\"prompt\\\":\\\"it's a 'fox'\\\","
                + "\\\"url\\\":\\\"https:\\/\\/x.example\\/a?b=c\\\"}\"}";

        assertThat(RouteSourceMask.masked(job)).isEqualTo(job);
    }
}
