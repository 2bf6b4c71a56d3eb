package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.cli.CommandLine.Finding;
import org.jxenstored.cli.CommandLine.Given;
import org.jxenstored.cli.CommandLine.Mistake;

@DisplayName("C-PROG-5")
class CommandLineTest {

    @Test
    void optionsMayFollowOperands() {
        CommandLine line = parse("/a", "-p", "/b", "--raw");
        assertThat(line.findings()).containsExactly(given(Option.PREFIX), given(Option.RAW));
        assertThat(line.operands()).containsExactly("/a", "/b");
    }

    @Test
    void theFirstOperandEndsTheOptionsIfPosixIsAskedFor() {
        CommandLine line = CommandLine.parse(List.of("-p", "/a", "-R", "--"), true);
        assertThat(line.findings()).containsExactly(given(Option.PREFIX));
        assertThat(line.operands()).containsExactly("/a", "-R", "--");
    }

    @Test
    void everythingAfterTwoDashesIsAnOperand() {
        CommandLine line = parse("-p", "--", "-R", "--", "/a");
        assertThat(line.findings()).containsExactly(given(Option.PREFIX));
        assertThat(line.operands()).containsExactly("-R", "--", "/a");
    }

    @Test
    void aLoneDashAndAnEmptyWordAreOperands() {
        assertThat(parse("-", "").operands()).containsExactly("-", "");
    }

    @Test
    void lettersMayShareADash() {
        assertThat(parse("-fps").findings())
                .containsExactly(given(Option.FLAT), given(Option.PREFIX), given(Option.SOCKET));
    }

    @Test
    void anArgumentIsTheRestOfTheWordOrTheNextWordWhateverItLooksLike() {
        assertThat(parse("-n5").findings()).containsExactly(new Given(Option.NUMBER, "5"));
        assertThat(parse("-fn5").findings()).containsExactly(given(Option.FLAT), new Given(Option.NUMBER, "5"));
        assertThat(parse("-n", "-p").findings()).containsExactly(new Given(Option.NUMBER, "-p"));
        assertThat(parse("-n", "--").findings()).containsExactly(new Given(Option.NUMBER, "--"));
        assertThat(parse("--number", "-p").findings()).containsExactly(new Given(Option.NUMBER, "-p"));
        assertThat(parse("--number=", "/a").findings()).containsExactly(new Given(Option.NUMBER, ""));
        assertThat(parse("--depth=2").findings()).containsExactly(new Given(Option.DEPTH, "2"));
    }

    @Test
    void aLongNameMayBeCutWhileItIsUnique() {
        assertThat(parse("--pre", "--f", "--num=1", "--h").findings())
                .containsExactly(
                        given(Option.PREFIX), given(Option.FLAT), new Given(Option.NUMBER, "1"), given(Option.HELP));
    }

    @Test
    void whatMakesNoSenseIsReportedAndHasNoOtherEffect() {
        assertThat(parse("--zzz", "/a").findings()).containsExactly(new Mistake("there is no option '--zzz'"));
        assertThat(parse("--zzz", "/a").operands()).containsExactly("/a");
        assertThat(parse("-pWf").findings())
                .containsExactly(given(Option.PREFIX), new Mistake("there is no option '-W'"), given(Option.FLAT));
        assertThat(parse("--r").findings()).containsExactly(new Mistake("option '--r' is ambiguous: --recurse --raw"));
        assertThat(parse("--raw=3").findings()).containsExactly(new Mistake("option '--raw' takes no argument"));
        assertThat(parse("-n").findings()).containsExactly(new Mistake("option '-n' needs an argument"));
        assertThat(parse("--num").findings()).containsExactly(new Mistake("option '--number' needs an argument"));
    }

    @Test
    void theOptionWithoutALongNameHasNoLongName() {
        assertThat(parse("--s").findings()).containsExactly(new Mistake("there is no option '--s'"));
        assertThat(parse("--=x").findings()).singleElement().asString().contains("ambiguous");
    }

    private static CommandLine parse(String... words) {
        return CommandLine.parse(List.of(words), false);
    }

    private static Finding given(Option option) {
        return new Given(option, "");
    }
}
