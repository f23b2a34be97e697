using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.E2E.Support;
using ModerationConsole.Web.Security;

namespace ModerationConsole.E2E.Accessibility;

/// <summary>Every page of the product as someone who may see it. A page that is new to the product is new to this list.</summary>
public sealed partial class PageScanTests(ConsoleFixture console)
{
    private const string Nobody = "";
    private const string Admin = "admin@demo.local";
    private const string Expert = "expert@demo.local";
    private const string Lead = "lead@demo.local";
    private const string Auditor = "auditor@demo.local";
    private const string Moderator = "moderator@demo.local";

    /// <summary>Who opens each page, and with which values in its address.</summary>
    private static readonly Dictionary<string, string> s_visitors = new(StringComparer.Ordinal)
    {
        ["/"] = "analyst@demo.local",
        ["/not-found"] = Moderator,
        ["/review"] = Moderator,
        ["/review/{Slug}"] = Moderator,
        ["/cases"] = Lead,
        ["/cases/{Number:long}"] = Lead,
        ["/cases/batches"] = Lead,
        ["/cases/batches/{Number:long}"] = Lead,
        ["/inbox"] = Lead,
        ["/queues"] = Lead,
        ["/quality"] = Lead,
        ["/quality/plans"] = Lead,
        ["/quality/golden"] = Expert,
        ["/quality/golden/{Id:guid}"] = Lead,
        ["/quality/calibration"] = Moderator,
        ["/quality/calibration/new"] = Lead,
        ["/quality/calibration/{Id:guid}"] = Moderator,
        ["/quality/calibration/{Id:guid}/edit"] = Lead,
        ["/quality/results"] = Moderator,
        ["/quality/results/{Id:guid}"] = Moderator,
        ["/quality/explain"] = Lead,
        ["/quality/explain/{Id:guid}"] = Lead,
        ["/quality/disputes"] = Lead,
        ["/quality/disputes/{Id:guid}"] = Expert,
        ["/quality/coaching"] = Lead,
        ["/quality/coaching/{Id:guid}"] = Moderator,
        ["/quality/coaching/new"] = Lead,
        ["/quality/plans/new"] = Lead,
        ["/quality/plans/{Id:guid}"] = Lead,
        ["/quality/samples"] = Lead,
        ["/quality/settings"] = Lead,
        ["/escalations"] = Expert,
        ["/escalations/{Number:long}"] = Expert,
        ["/escalations/areas"] = Expert,
        ["/escalations/precedents"] = Expert,
        ["/escalations/precedents/new"] = Expert,
        ["/escalations/precedents/{Number:long}"] = Expert,
        ["/escalations/precedents/{Number:long}/edit"] = Expert,
        ["/actors"] = Lead,
        ["/actors/account"] = Lead,
        ["/actors/strikes"] = Expert,
        ["/appeals"] = Lead,
        ["/appeals/{Number:long}"] = Expert,
        ["/policies"] = Moderator,
        ["/policies/{Id}"] = Moderator,
        ["/policies/new"] = Expert,
        ["/policies/{Id}/edit"] = Expert,
        ["/policies/{Id}/draft"] = Expert,
        ["/policies/{Id}/draft/trial"] = Expert,
        ["/my-shift"] = Lead,
        ["/audit"] = Auditor,
        ["/audit/alarms"] = Auditor,
        ["/admin"] = Admin,
        ["/admin/clocks"] = Lead,
        ["/admin/clocks/new"] = Expert,
        ["/admin/clocks/{Number:long}"] = Lead,
        ["/admin/approvals"] = Admin,
        ["/admin/people"] = Admin,
        ["/admin/people/new"] = Admin,
        ["/admin/people/{Id:guid}"] = Admin,
        ["/admin/reviews"] = Admin,
        ["/admin/glass"] = Admin,
        ["/audit/glass"] = Auditor,
        ["/admin/roles"] = Admin,
        ["/admin/roles/new"] = Admin,
        ["/admin/roles/{Id:guid}"] = Admin,
        ["/admin/teams/new"] = Admin,
        ["/admin/teams/{Id:guid}"] = Admin,
        ["/admin/keys"] = Admin,
        ["/admin/keys/{Id:guid}"] = Admin,
        ["/admin/queues"] = Admin,
        ["/admin/queues/new"] = Admin,
        ["/admin/queues/{Slug}"] = Admin,
        ["/admin/types"] = Admin,
        ["/admin/types/new"] = Admin,
        ["/admin/types/{Id}"] = Admin,
        ["/admin/actions"] = Admin,
        ["/admin/actions/new"] = Admin,
        ["/admin/actions/{Id}"] = Admin,
        ["/admin/shifts"] = Admin,
        ["/admin/shifts/{Id:guid}"] = Admin,
        ["/admin/deliveries"] = Admin,
        ["/admin/retention"] = Admin,
        ["/account"] = Moderator,
        ["/account/settings"] = Moderator,
        ["/account/keys"] = Moderator,
        ["/account/media"] = Moderator,
        ["/account/denied"] = Moderator,
        ["/account/logout"] = Moderator,
        ["/account/security"] = Moderator,
        ["/account/second-factor"] = Moderator,
        ["/account/passkey"] = Moderator,
        ["/account/prove"] = Moderator,
        ["/account/code"] = Nobody,
        ["/account/second-factor/first"] = Nobody,
        ["/account/login"] = Nobody,
        ["/account/first-password"] = Nobody,
    };

    public static TheoryData<string> Pages => [.. typeof(Program).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
        .Select(route => route.Template)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InEachThemeWideAndNarrow_HasNothingSerious(string template)
    {
        Assert.True(s_visitors.TryGetValue(template, out string? visitor), $"Nobody looks at {template}: name who may, above.");
        await using IBrowserContext browser = await console.BrowserAsync(visitor == Nobody ? null : visitor, ConsoleFixture.DemoPassword);
        IPage page = await browser.NewPageAsync();
        if (template is "/account/code" or "/account/second-factor/first")
        {
            await GiveTicketAsync(browser, page, setsUp: template != "/account/code");
        }

        await page.GotoAsync(await AddressAsync(template));
        if (!template.StartsWith("/account", StringComparison.Ordinal) || template is "/account/settings" or "/account/keys" or "/account/media" or "/account/security")
        {
            await page.ReadyAsync();
        }

        await page.GetByRole(AriaRole.Heading).First.WaitForAsync();
        await page.AssertNothingSeriousAsync();
    }

    // Between the two steps of a sign-in.
    private async Task GiveTicketAsync(IBrowserContext browser, IPage page, bool setsUp)
    {
        DefaultHttpContext context = new();
        context.Request.Headers.UserAgent = await page.EvaluateAsync<string>("navigator.userAgent");
        console.App.Services.GetRequiredService<SignInTickets>().Give(
            context, new SignInTicket(Guid.NewGuid(), Guid.NewGuid(), "", TimeProvider.System.GetUtcNow().AddHours(1), setsUp, "someone@example.org"));
        string[] cookie = context.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2);
        await browser.AddCookiesAsync([new Cookie { Name = cookie[0], Value = cookie[1], Url = console.App.Address + "/account" }]);
    }
}
