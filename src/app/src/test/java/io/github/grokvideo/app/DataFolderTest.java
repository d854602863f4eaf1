// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @Test
    void itIsDataUnlessAnotherOneIsNamed() throws Exception {
        assertThat(DataFolder.of(name -> null).path()).isEqualTo(Path.of("data"));
        assertThat(DataFolder.of(name -> name.equals("grokvideo.data") ? " /tmp/a b/ " : null).path()).isEqualTo(Path.of("/tmp/a b"));
    }

    @Test
    void theJobsOfEachGatewayAreApart() throws Exception {
        DataFolder data = DataFolder.of(name -> null);

        assertThat(data.jobs("xai")).isEqualTo(Path.of("data/jobs/xai")).isNotEqualTo(data.jobs("toapis"));
        assertThat(data.demoJobs().getParent()).isEqualTo(data.simulator());
        assertThat(data.jobs("#my/../Gateway")).isEqualTo(Path.of("data/jobs/_my_.._Gateway"));
    }

    @Test
    void aDatabaseOfAnEarlierVersionIsTakenAlong(@TempDir Path data) throws Exception {
        Files.writeString(data.resolve("xai.mv.db"), "paid jobs");

        assertThat(JobStoreFolder.in(data.resolve("xai")).componentProperties())
                .containsEntry("camel.component.grokvideo.jobStore", "file:" + data.resolve("xai"));
        assertThat(data.resolve("xai/jobs.mv.db")).hasContent("paid jobs");
        assertThat(data.resolve("xai.mv.db")).doesNotExist();
    }

    @Test
    void whatWouldEndTheDatabasesUrlIsRefused() {
        assertThatThrownBy(() -> DataFolder.of(name -> "a;b")).isInstanceOf(UsageException.class)
                .hasMessageStartingWith("GROKVIDEO_DATA must be a folder without a semicolon");
    }
}
