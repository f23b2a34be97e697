using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Unit.Queues;

public sealed class ReviewLanguageTests
{
    [Theory]
    [InlineData("pt-BR", "pt")]
    [InlineData(" EN ", "en")]
    [InlineData("zh_Hant", "zh")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Tag_IsReducedToItsLanguage(string? tag, string? language) => Assert.Equal(language, ReviewLanguage.Of(tag));

    [Fact]
    public void List_HoldsEachLanguageOnce() => Assert.Equal(["en", "de"], ReviewLanguage.List("en-GB, de,,EN-us"));
}
