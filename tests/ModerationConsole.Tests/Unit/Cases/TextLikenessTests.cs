using System.Numerics;
using ModerationConsole.Core.Cases.Likeness;

namespace ModerationConsole.Tests.Unit.Cases;

/// <summary>Which texts count as the same, as nearly the same, and as different.</summary>
public sealed class TextLikenessTests
{
    private const string Offer = "Cheap watches for everyone, write to @seller and see https://shop.example/a?id=1 before 20:00 today";

    [Theory]
    [InlineData("  CHEAP\twatches for  everyone, write to @seller and see https://shop.example/a?id=1 before 20:00 today\n")]
    [InlineData("Ｃｈｅａｐ watches for every\u200bone, write to @seller and see https://shop.example/a?id=1 before 20:00 today")]
    public void Copy_ThatDiffersInDressOnly_HasTheSameKey(string copy)
    {
        Assert.Equal(TextLikeness.Of(Offer)!.Value, TextLikeness.Of(copy)!.Value);
    }

    [Fact]
    public void Copy_WithAnotherLinkAndAnotherAccount_HasTheSameHashButIsNotTheSame()
    {
        const string copy = "Cheap watches for everyone, write to @another and see www.other.example before 20:00 today";
        (TextLikeness one, TextLikeness other) = (TextLikeness.Of(Offer)!.Value, TextLikeness.Of(copy)!.Value);

        Assert.NotEqual(one.Key, other.Key);
        Assert.Equal((one.Hash, 1.0), (other.Hash, TextLikeness.Share(Offer, copy)));
    }

    [Theory]
    [InlineData("Post number 1", "Post number 2")]
    [InlineData("10 000 likes", "20 000 likes")]
    public void ShortTexts_ThatDifferInANumber_AreNotTheSame(string one, string other)
    {
        (TextLikeness a, TextLikeness b) = (TextLikeness.Of(one)!.Value, TextLikeness.Of(other)!.Value);

        Assert.NotEqual(a.Key, b.Key);
        Assert.Null(a.Hash);
    }

    [Theory]
    [InlineData("We sell cheap followers and likes for every network, write us today and start to grow", "We sell cheap followers and likes for every network, write us now and start to grow")]
    [InlineData("I know which bus you take on Thursdays. Next time I will be waiting with more than words.", "I know which bus you take on Fridays. Next time I will be waiting with more than words!")]
    [InlineData("Это предложение действует только сегодня, пишите нам прямо сейчас", "Это предложение действует только завтра, пишите нам прямо сейчас")]
    public void Copy_WithAWordChanged_IsNearlyTheSame(string one, string other)
    {
        (TextLikeness a, TextLikeness b) = (TextLikeness.Of(one)!.Value, TextLikeness.Of(other)!.Value);

        Assert.NotEqual(a.Key, b.Key);
        Assert.InRange(BitOperations.PopCount((ulong)(a.Hash!.Value ^ b.Hash!.Value)), 0, TextLikeness.MatchDistance);
        Assert.InRange(TextLikeness.Share(one, other), TextLikeness.NearlyTheSame, 1);
    }

    [Fact]
    public void Texts_ThatSayOtherThings_AreFarApart()
    {
        const string one = "We sell cheap followers and likes for every network, write us today and start to grow";
        const string other = "The council voted against the new bridge last night, and nobody on our street understands why";

        Assert.True(BitOperations.PopCount((ulong)(TextLikeness.Of(one)!.Value.Hash!.Value ^ TextLikeness.Of(other)!.Value.Hash!.Value)) > TextLikeness.MatchDistance);
        Assert.InRange(TextLikeness.Share(one, other), 0, 0.3);
    }

    [Fact]
    public void Text_TooShortToBeNearAnother_HasAKeyOnly()
    {
        TextLikeness? likeness = TextLikeness.Of("lol nice");

        Assert.NotNull(likeness);
        Assert.Null(likeness.Value.Hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u200b\n")]
    public void Text_WithNothingInIt_IsLikeNothing(string text)
    {
        Assert.Null(TextLikeness.Of(text));
    }

    [Fact]
    public void Text_WithHalfACharacter_IsStillCompared()
    {
        Assert.Equal(TextLikeness.Of("broken \ud83d emoji here, and words enough")!.Value.Key, TextLikeness.Of("BROKEN \ud83d emoji here, and words enough")!.Value.Key);
    }

    [Fact]
    public void Hash_IsStored_SoItNeverChanges()
    {
        Assert.Equal((-4409552589935273124L, (long?)2868873936969287683L), (TextLikeness.Of(Offer)!.Value.Key, TextLikeness.Of(Offer)!.Value.Hash));
    }

    [Fact]
    public void Text_BeyondWhatIsCompared_CannotMakeTwoUnlike()
    {
        string start = string.Join(' ', Enumerable.Range(0, TextForm.Longest / 4).Select(i => (char)('a' + (i % 26)) + "bc"));

        Assert.Equal(TextLikeness.Of(start + "one")!.Value.Key, TextLikeness.Of(start + "other")!.Value.Key);
    }
}
