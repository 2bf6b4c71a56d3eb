package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadingsTest {
    @Test
    void headingsMoveBelowTheGivenLevelTogether() {
        assertThat(Headings.below(2, "# A\ntext # no\n## B\n")).isEqualTo("### A\ntext # no\n#### B\n");
    }

    @Test
    void headingsThatAreDeepEnoughStay() {
        assertThat(Headings.below(2, "#### A\n##### B")).isEqualTo("#### A\n##### B");
    }

    @Test
    void commentsInCodeAreNoHeadings() {
        assertThat(Headings.below(2, "```\n# comment\n```\n## A")).isEqualTo("```\n# comment\n```\n### A");
    }
}
