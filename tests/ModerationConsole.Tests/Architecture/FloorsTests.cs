using System.Text.RegularExpressions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Architecture;

/// <summary>A room of the core uses only what lies below it.</summary>
public sealed partial class FloorsTests
{
    private const string Core = "src/ModerationConsole.Core/";

    // Rooms of one floor do not use each other, but for the lowest, which are one.
    private static readonly string[][] s_floors =
    [
        ["Access", "Data", "Outbound"],
        ["Audit", "Live"],
        ["Retention"],
        ["People"],
        ["Inbox", "Media", "Policies"],
        ["Cases"],
        ["Queues", "Features", "Enforcement"],
        ["Wellbeing", "Rules", "Decisions"],
        ["Routing", "Threats", "Insights", "Quality", "Escalations", "Appeals", "Notices", "Actors", "Oversight"],
        ["Intake", "Playbooks"],
    ];

    // Migrations and demo data speak of everything; the list of services names every room.
    private static readonly string[] s_exempt = [$"{Core}Data/Migrations/", $"{Core}Demo/", $"{Core}CoreServices.cs"];

    [Fact]
    public void Room_OfTheCore_UsesOnlyWhatLiesBelow()
    {
        string[] upwards =
        [
            .. from path in Sources.Below(Core, ".cs")
               where !s_exempt.Any(start => path.StartsWith(start, StringComparison.Ordinal))
               let room = path[Core.Length..].Split('/')[0]
               from line in Sources.Lines(path).Select((text, index) => (Text: text, Number: index + 1))
               from used in RoomsNamedIn(line.Text)
               where used != room && !LiesBelow(used, room)
               select $"{path}:{line.Number} uses {used}",
        ];

        Sources.None(upwards);
    }

    [Fact]
    public void Room_OfTheCore_StandsOnAFloor()
    {
        string[] homeless =
        [
            .. Sources.Below(Core, ".cs").Select(path => path[Core.Length..].Split('/')[0])
                .Where(room => !room.EndsWith(".cs", StringComparison.Ordinal) && room != "Demo" && Floor(room) < 0).Distinct(),
        ];

        Sources.None(homeless);
    }

    [Theory]
    [InlineData("using ModerationConsole.Core.Queues;", "Queues")]
    [InlineData("    private Queues.CaseQueue? _queue;", "Queues")]
    [InlineData("    var x = Core.Decisions.Verdict.Allow;", "Decisions")]
    [InlineData("    /// <summary>Rules.Of the house, see Cases.Case.</summary>", null)]
    [InlineData("    string text = \"Media.Host must be set\"; // Audit.Entry", null)]
    [InlineData("    db.Cases.Add(x); my.Queues.Count();", null)]
    [InlineData("namespace ModerationConsole.Core.Queues;", null)]
    public void Line_NamingARoom_IsRead(string line, string? room)
    {
        Assert.Equal(room is null ? [] : [room], RoomsNamedIn(line));
    }

    private static IEnumerable<string> RoomsNamedIn(string line)
    {
        string code = Comment().Replace(Text().Replace(line, "\"\""), "");
        return code.StartsWith("namespace ", StringComparison.Ordinal)
            ? []
            : Room().Matches(code).Select(match => match.Groups["room"].Value)
                .Concat(Used().Matches(code).Select(match => match.Groups["room"].Value))
                .Where(room => Floor(room) >= 0).Distinct();
    }

    private static bool LiesBelow(string used, string room) => Floor(used) < Floor(room) || (Floor(used) == 0 && Floor(room) == 0);

    private static int Floor(string room) => Array.FindIndex(s_floors, floor => floor.Contains(room));

    [GeneratedRegex(@"^using (static )?(\w+ = )?ModerationConsole\.Core\.(?<room>\w+)")]
    private static partial Regex Used();

    // Namespaces within the core may be named by their last part alone.
    [GeneratedRegex(@"(?<![\w.])(ModerationConsole\.)?(Core\.)?(?<room>[A-Z]\w+)\.[A-Z]")]
    private static partial Regex Room();

    [GeneratedRegex(@"""(\\.|[^""\\])*""")]
    private static partial Regex Text();

    [GeneratedRegex(@"//.*$")]
    private static partial Regex Comment();
}
