using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Notices;

namespace ModerationConsole.Tests.Unit.Notices;

/// <summary>The types of notices and their clocks, as shipped and as set.</summary>
public sealed class NoticeOptionsTests
{
    [Theory]
    [InlineData("eu-terrorist-content", 60, true)]
    [InlineData("national-2h", 120, true)]
    [InlineData("national-3h", 180, true)]
    [InlineData("national-24h", 1_440, true)]
    [InlineData("intimate-image", 2_880, true)]
    [InlineData("dsa-9", 1_440, false)]
    [InlineData("dsa-10", 4_320, false)]
    [InlineData("trusted-flagger", 1_440, false)]
    [InlineData("dsa-16", 4_320, false)]
    public void Type_AsShipped_HasItsClock(string code, int minutes, bool byLaw)
    {
        NoticeType type = Read([]).Types[code];

        Assert.Equal((minutes, byLaw), (type.Minutes, type.ByLaw));
    }

    [Fact]
    public void Setting_ChangesAddsAndTakesTypesOutOfUse()
    {
        NoticeOptions options = Read(new()
        {
            ["Notices:Types:dsa-16:Minutes"] = "1440",
            ["Notices:Types:dsa-10:Minutes"] = "0",
            ["Notices:Types:national-12h:Name"] = "National order, 12 hours",
            ["Notices:Types:national-12h:Minutes"] = "720",
        });

        Assert.Equal((1_440, "Notice of illegal content"), (options.InUse("dsa-16")!.Minutes, options.InUse("dsa-16")!.Name));
        Assert.Null(options.InUse("dsa-10"));
        Assert.Equal(720, options.InUse("national-12h")!.Minutes);
        Assert.Null(Fault(options));
    }

    [Fact]
    public void Redress_IsTheMostParticularTextThatIsSet()
    {
        NoticeOptions options = Read(new()
        {
            ["Notices:DefaultRedress"] = "notices",
            ["Notices:OrderRedress"] = "demands",
            ["Notices:Redress:DE"] = "Germany",
            ["Notices:Types:dsa-9:Redress"] = "orders",
            ["Notices:Types:dsa-9:RedressIn:FR"] = "orders in France",
        });

        Assert.Equal(("notices", "Germany"), (options.RedressOf("dsa-16", NoticeKind.Notice, "IT"), options.RedressOf("dsa-16", NoticeKind.Notice, "DE")));
        Assert.Equal(("orders", "orders in France"), (options.RedressOf("dsa-9", NoticeKind.Order, "DE"), options.RedressOf("dsa-9", NoticeKind.Order, "FR")));
        Assert.Equal("notices", options.RedressOf("gone", NoticeKind.TrustedFlagger, "IT"));
        Assert.Equal(("demands", "demands"), (options.RedressOf("national-2h", NoticeKind.Order, "IN"), options.RedressOf("intimate-image", NoticeKind.Request, "US")));
    }

    [Theory]
    [InlineData("eu-terrorist-content", NoticeKind.Order)]
    [InlineData("intimate-image", NoticeKind.Request)]
    public void Redress_AsShipped_OffersNoAuthorityWhatTheDsaOffersNotifiers(string code, NoticeKind kind)
    {
        string told = Read([]).RedressOf(code, kind, "EU");

        Assert.NotEmpty(told);
        Assert.DoesNotContain("dispute settlement", told, StringComparison.Ordinal);
        Assert.Contains("dispute settlement", Read([]).RedressOf("dsa-16", NoticeKind.Notice, "EU"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Notices:ResultUrl", "http://10.0.0.1/x", "Notices:ResultUrl")]
    [InlineData("Notices:AlertUrl", "ftp://alerts.example", "Notices:AlertUrl")]
    [InlineData("Notices:ConsoleUrl", "console", "Notices:ConsoleUrl")]
    [InlineData("Notices:Types:dsa-9:Minutes", "-1", "Notices:Types:dsa-9:Minutes")]
    [InlineData("Notices:Types:dsa-9:Jurisdiction", "Germany", "Notices:Types:dsa-9:Jurisdiction")]
    [InlineData("Notices:Types:Big_One:Name", "x", "Notices:Types:Big_One:")]
    [InlineData("Notices:Types:other:Minutes", "60", "Notices:Types:other:Name")]
    [InlineData("Notices:Redress:Germany", "text", "Notices:Redress:Germany")]
    [InlineData("Notices:ResultUrl", "http://127.0.0.1:9000/x", null)]
    public void Setting_ThatIsWrong_IsNamed(string key, string value, string? named)
    {
        Assert.Equal(named, Fault(Read(new() { [key] = value }))?.Split(' ')[0]);
    }

    private static NoticeOptions Read(Dictionary<string, string?> settings)
    {
        NoticeOptions options = new();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(NoticeOptions.Section).Bind(options);
        return options;
    }

    private static string? Fault(NoticeOptions options)
    {
        WebhookOptions webhooks = new();
        webhooks.AllowedHosts.Add("127.0.0.1:9000");
        return new NoticeOptionsValidator(Options.Create(webhooks)).Validate(null, options).FailureMessage;
    }
}
