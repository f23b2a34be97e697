using System.Text;
using ModerationConsole.Core.Intake;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Intake;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{ "a" : [ 1 , { "d":1, "c":2 } ] }""", """{"a":[1,{"c":2,"d":1}]}""")]
    [InlineData("""{"n":1.0,"m":1e2,"o":-0}""", """{"m":1e2,"n":1.0,"o":-0}""")]
    [InlineData("{\"t\":\"\\u00e9\"}", "{\"t\":\"é\"}")]
    public void Canonical_OfEqualData_IsOneText(string given, string canonical) => Assert.Equal(canonical, JsonText.Canonical(Items.Json(given)));

    [Fact]
    public void Canonical_OfTextThatLooksTheSame_StaysApart() =>
        // Composed and decomposed letters are different content: nothing is normalised.
        Assert.NotEqual(JsonText.Canonical(Items.Json("{\"t\":\"\\u00e9\"}")), JsonText.Canonical(Items.Json("{\"t\":\"e\\u0301\"}")));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{/*c*/}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":{\"b\":1,\"\\u0062\":2}}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{'a':1}")]
    [InlineData("NaN")]
    public void Parse_OfWhatIsNotSoundJson_Fails(string text) => Assert.False(JsonText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Parse_OfBrokenUtf8_Fails() => Assert.False(JsonText.TryParse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }, out _));

    [Fact]
    public void Parse_AfterAByteOrderMark_Succeeds() => Assert.True(JsonText.TryParse(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'1' }, out _));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(10_000, false)]
    public void Parse_OfDeepNesting_FailsBeyondTheBound(int depth, bool parsed) =>
        Assert.Equal(parsed, JsonText.TryParse(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), out _));
}
