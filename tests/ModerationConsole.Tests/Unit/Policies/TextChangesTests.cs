using ModerationConsole.Web.Components.Policies;

namespace ModerationConsole.Tests.Unit.Policies;

public sealed class TextChangesTests
{
    [Fact]
    public void Texts_Equal_ShowNothing() => Assert.Empty(TextChanges.Between("One\nTwo", "One\nTwo")!);

    [Fact]
    public void Line_WithOneOtherWord_MarksThatWordInBoth()
    {
        IReadOnlyList<ChangedLine> lines = TextChanges.Between("Selling followers is spam.", "Buying followers is spam.")!;

        Assert.Equal([LineChange.Removed, LineChange.Added], lines.Select(line => line.Change));
        Assert.Equal(["Selling"], Marked(lines[0]));
        Assert.Equal(["Buying"], Marked(lines[1]));
        Assert.Equal("Selling followers is spam.", string.Concat(lines[0].Parts.Select(part => part.Text)));
    }

    [Fact]
    public void Lines_AddedAndRemoved_AreMarkedAsAWholeAndInOrder()
    {
        IReadOnlyList<ChangedLine> lines = TextChanges.Between("One\nTwo\nThree", "One\nThree\nFour")!;

        Assert.Equal(
            ["Kept One", "Removed Two", "Kept Three", "Added Four"],
            lines.Select(line => $"{line.Change} {string.Concat(line.Parts.Select(part => part.Text))}"));
    }

    [Fact]
    public void Lines_FarFromAnyChange_AreCountedInsteadOfShown()
    {
        string[] many = [.. Enumerable.Range(1, 20).Select(number => $"Line {number}")];

        IReadOnlyList<ChangedLine> lines = TextChanges.Between(string.Join('\n', many), string.Join('\n', many.Append("Last")))!;

        Assert.Equal((LineChange.Folded, 18), (lines[0].Change, lines[0].Lines));
        Assert.Equal(["Line 19", "Line 20", "Last"], lines.Skip(1).Select(line => string.Concat(line.Parts.Select(part => part.Text))));
    }

    [Fact]
    public void Text_BeyondTheLongest_IsNotCompared()
    {
        string longest = new('x', TextChanges.LongestText);

        Assert.NotNull(TextChanges.Between(longest, "x"));
        Assert.Null(TextChanges.Between(longest + "x", "x"));
        Assert.Null(TextChanges.Between("x", longest + "x"));
    }

    private static IEnumerable<string> Marked(ChangedLine line) => line.Parts.Where(part => part.Marked).Select(part => part.Text);
}
