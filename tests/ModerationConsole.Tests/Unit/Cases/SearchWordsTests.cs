using ModerationConsole.Core.Cases;

namespace ModerationConsole.Tests.Unit.Cases;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Cheap FOLLOWERS, here!", " cheap followers here")]
    [InlineData("ÄRGER Straße Élan", " arger straße elan")]
    [InlineData("ΟΔΟΣ ὁδός ЁЛКА", " οδοσ οδοσ елка")]
    [InlineData("İstanbul", " istanbul")]
    [InlineData("ﬁne Ｆｕｌｌ ²", " fine full 2")]
    [InlineData("off_[now] t.me/abc #4821", " off now t me abc 4821")]
    [InlineData("買い物 ok", " 買い い物 物 ok")]
    [InlineData("字", " 字")]
    [InlineData("See author-77, or (A_B-1c).", " see author 77 or a b 1c author77 ab1c")]
    [InlineData("zero\u200bwidth", " zerowidth")]
    [InlineData("half \ud83d word", " half word")]
    [InlineData("", "")]
    [InlineData("?!\\'\"%_", "")]
    public void Text_OfAnyScript_IsCutIntoFoldedWords(string text, string words)
    {
        Assert.Equal(words, SearchWords.Of(text));
    }

    [Theory]
    [InlineData("Cheap foll", "cheap* foll*")]
    [InlineData("\"Cheap followers\" now", "cheap+followers now*")]
    [InlineData("“curly quotes”", "curly+quotes")]
    [InlineData("t.me/abc", "t+me+abc*")]
    [InlineData("author-77 #4821 5.", "author77* 4821* 5*")]
    [InlineData("\"author-77\"", "author+77")]
    [InlineData("買い物", "買い+い物*")]
    [InlineData("物", "物*")]
    [InlineData("\"unfinished one", "unfinished+one")]
    [InlineData(" % \" \" ", "")]
    public void Search_AsTyped_IsReadAsTerms(string typed, string terms)
    {
        Assert.Equal(terms, string.Join(' ', SearchWords.Terms(typed).Select(term => string.Join('+', term.Words) + (term.Begins ? "*" : ""))));
    }

    [Fact]
    public void Text_WithoutEnd_IsReadToItsBound()
    {
        string words = SearchWords.Of(string.Concat(Enumerable.Repeat("漢字", 100_000)), new string('a', 100_000));

        Assert.InRange(words.Length, 1, 95_000);
    }
}
