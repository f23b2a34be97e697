using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Script in every name and text that pages show, and in every address: it is shown as it was written, and nothing of it is markup.</summary>
public sealed class XssAttempts(XssAttempts.Planted planted) : IClassFixture<XssAttempts.Planted>
{
    /// <summary>Short enough for a name.</summary>
    private const string InName = "\"><img src=//elsewhere.example/x onerror=xssRan=1 data-xss>";

    /// <summary>For texts: out of attributes, tags, scripts, comments, addresses and Markdown.</summary>
    private const string InText = """
        <script>xssRan=1</script> <svg/onload=xssRan=1 data-xss> ' onmouseover='xssRan=1' data-xss=' </textarea><img src=//elsewhere.example/x data-xss onerror=xssRan=1>
        --><iframe srcdoc="<script>parent.xssRan=1</script>" data-xss></iframe> [click](javascript:xssRan=1) ![x](//elsewhere.example/x) <a href="javascript:xssRan=1" data-xss>x</a>
        <style>@import '//elsewhere.example/x';</style> <form action=//elsewhere.example data-xss><button autofocus onfocus=xssRan=1> {{constructor.constructor('xssRan=1')()}} ${xssRan=1}
        <math><mtext></mtext><mglyph><style><img src=x onerror=xssRan=1 data-xss></style></mglyph></math> <base href=//elsewhere.example data-xss> &#60;img src=x onerror=xssRan=1&#62;
        """;

    /// <summary>Each page on which something planted stands; <c>true</c> where it must be seen there.</summary>
    private static readonly Dictionary<string, (string Path, bool Shown)> s_stored = new(StringComparer.Ordinal)
    {
        ["the list of cases"] = ("/cases", false),
        ["a case"] = ("/cases/CASE", true),
        ["an account"] = ("/actors/account?type=account&id=ACTOR", false),
        ["the queues"] = ("/queues", true),
        ["the queues' settings"] = ("/admin/queues", true),
        ["a queue's settings"] = ("/admin/queues/QUEUE", false),
        ["the people"] = ("/admin/people", true),
        ["a person"] = ("/admin/people/PERSON", false),
        ["the types"] = ("/admin/types", true),
        ["a type"] = ("/admin/types/TYPE", false),
        ["the actions"] = ("/admin/actions", true),
        ["an action"] = ("/admin/actions/ACTION", false),
        ["the keys"] = ("/admin/keys", true),
        ["the policies"] = ("/policies", true),
        ["a policy"] = ("/policies/POLICY", true),
        ["a policy to edit"] = ("/policies/POLICY/edit", false),
        ["the audit"] = ("/audit", false),
        ["quality"] = ("/quality", false),
    };

    /// <summary>What stands in an address comes back into the page, and is a word there like any other.</summary>
    private static readonly Dictionary<string, string> s_reflected = new(StringComparer.Ordinal)
    {
        ["a search for cases"] = "/cases?q=HERE&search=HERE&text=HERE&queue=HERE&status=HERE&policy=HERE&actor=HERE",
        ["a case's number"] = "/cases?number=HERE&view=HERE&sort=HERE",
        ["the audit's filters"] = "/audit?case=HERE&act=HERE&actor=HERE&subject=HERE&from=HERE&to=HERE",
        ["an account"] = "/actors/account?type=HERE&id=HERE",
        ["a search for precedents"] = "/escalations/precedents?search=HERE&tag=HERE&policy=HERE",
        ["a queue"] = "/review/HERE",
        ["a policy"] = "/policies/HERE",
        ["a type"] = "/admin/types/HERE",
        ["an action"] = "/admin/actions/HERE",
        ["deliveries"] = "/admin/deliveries?state=HERE&case=HERE",
        ["the filters of quality"] = "/quality?days=HERE&policy=HERE&queue=HERE&language=HERE&person=HERE",
        ["where the form leads"] = "/account/login?returnUrl=HERE&ended=HERE&problem=HERE",
        ["a fragment"] = "/cases#HERE",
    };

    public static TheoryData<string> Stored => [.. s_stored.Keys];

    public static TheoryData<string> Reflected => [.. s_reflected.Keys];

    [Theory]
    [MemberData(nameof(Stored))]
    public async Task Script_InWhatIsStored_IsShownAsTextAndNothingRuns(string attempt)
    {
        (string path, bool shown) = s_stored[attempt];

        await planted.VisitAsync(planted.At(path));

        if (shown)
        {
            await Assertions.Expect(planted.Page.Locator("body")).ToContainTextAsync("xssRan=1");
        }

        await planted.AssertNothingRanAsync();
    }

    [Theory]
    [MemberData(nameof(Reflected))]
    public async Task Script_InAnAddress_IsTextAndNothingRuns(string attempt)
    {
        await planted.VisitAsync(s_reflected[attempt].Replace("HERE", Uri.EscapeDataString(InName), StringComparison.Ordinal));

        await planted.AssertNothingRanAsync();
    }

    /// <summary>One corner of the console in which everything that has a name has a hostile one, and someone who may see all of it.</summary>
    public sealed class Planted(ConsoleFixture console) : IAsyncLifetime
    {
        private readonly List<string> _signs = [];
        private IBrowserContext? _browser;
        private Scene? _scene;
        private long _case;
        private Guid _person;

        public IPage Page { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Scene scene = _scene = await Scene.SetAsync(console.App, shape: queue => queue.Name = InName + queue.Name);
            string id = await scene.PostAsync(InText, author: "hostile-author");
            await scene.ReportAsync(id, InText, InText[..400], author: "hostile-author");
            await scene.WriteAsync(async scope =>
            {
                Policy policy = await scope.Db.Set<Policy>().SingleAsync(row => row.Id == $"pol_{scene.Name}");
                policy.Name = InName;
                await scope.Db.Set<PolicyVersion>().Where(row => row.PolicyId == policy.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, InName).SetProperty(row => row.Text, InText));
                (await scope.Db.Set<ItemType>().SingleAsync(row => row.Id == scene.Name)).Name = InName;
                (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == $"act_{scene.Name}")).Name = InName;
                string name = scene.People[0].Split('@')[0];
                Moderator person = await scope.Db.Set<Moderator>().SingleAsync(row => row.DisplayName == name);
                person.DisplayName = InName;
                _person = person.Id;
            });
            _case = await scene.ReadAsync(db => (from row in db.Set<Case>()
                                                 join version in db.Set<ItemVersion>() on row.ItemVersionId equals version.Id
                                                 where version.ItemId == id
                                                 select row.Number).SingleAsync());
            await console.App.Services.GetRequiredService<CreateApiKey>().RunAsync(
                Caller.System, new NewApiKey(InName, [Permission.ReadCases], TimeProvider.System.GetUtcNow().AddDays(1)), CancellationToken.None);
            string all = await scene.PersonAsync($"{scene.Name}-all@e2e.local", Roles.Moderator, [.. Enum.GetValues<Permission>().Where(permission => permission != Permission.ChildSafety)]);
            _browser = await console.BrowserAsync(all);
            Page = await _browser.NewPageAsync();
            Page.Dialog += async (_, dialog) =>
            {
                _signs.Add($"a box: {dialog.Message}");
                await dialog.DismissAsync();
            };
            Page.Request += (_, request) => Note(!request.Url.StartsWith(console.App.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal), request.Url);
            Page.Console += (_, message) => Note(message.Text.Contains("Content Security Policy", StringComparison.Ordinal), message.Text);
        }

        public async ValueTask DisposeAsync()
        {
            if (_browser is not null)
            {
                await _browser.DisposeAsync();
            }
        }

        public string At(string path) => path
            .Replace("CASE", $"{_case}", StringComparison.Ordinal).Replace("ACTOR", "hostile-author", StringComparison.Ordinal)
            .Replace("QUEUE", _scene!.Queue.Slug, StringComparison.Ordinal).Replace("PERSON", $"{_person}", StringComparison.Ordinal)
            .Replace("TYPE", _scene.Name, StringComparison.Ordinal).Replace("ACTION", $"act_{_scene.Name}", StringComparison.Ordinal)
            .Replace("POLICY", $"pol_{_scene.Name}", StringComparison.Ordinal);

        public async Task VisitAsync(string path)
        {
            _signs.Clear();
            await Page.GotoAsync("about:blank");
            await Page.GotoAsync(path);
            await Page.WaitForFunctionAsync("() => (document.body.dataset.circuit === 'ready' || !document.querySelector('.shell')) && !document.querySelector('.skeleton')");
            await Page.GetByRole(AriaRole.Heading).First.WaitForAsync();
        }

        public async Task AssertNothingRanAsync()
        {
            Assert.Empty(_signs);
            Assert.False(await Page.EvaluateAsync<bool>("() => 'xssRan' in window"));
            Assert.Equal(0, await Page.Locator("[data-xss], [onerror], [onload], [onmouseover], [onfocus], iframe, base:not([href='/']), a[href^='javascript' i], img[src*='elsewhere']").CountAsync());
        }

        private void Note(bool sign, string what)
        {
            if (sign)
            {
                _signs.Add(what);
            }
        }
    }
}
