using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Things that are there but belong to others, asked for by their number or id: whoever asks learns not even that they are there.</summary>
[Collection(Attacks.Name)]
public sealed class BelongingAttempts(Target target)
{
    /// <summary>Pages of something that is kept from whoever asks, the words that stand there instead, and who asks.</summary>
    private static readonly Dictionary<string, (string Role, string Path, string Instead)> s_pages = new(StringComparer.Ordinal)
    {
        ["a child-safety case by its number"] = (Roles.Lead, "/cases/HIDDEN", "There is no such case"),
        ["a child-safety case as an expert"] = (Roles.PolicyExpert, "/cases/HIDDEN", "There is no such case"),
        ["a child-safety case as an auditor"] = (Roles.Auditor, "/cases/HIDDEN", "There is no such case"),
        ["a child-safety case as an analyst"] = (Roles.Analyst, "/cases/HIDDEN", "There is no such case"),
        ["a child-safety case as a question"] = (Roles.PolicyExpert, "/escalations/HIDDEN", "There is no such question"),
        ["a child-safety case as an appeal"] = (Roles.PolicyExpert, "/appeals/HIDDEN", "There is no such appeal"),
        ["a child-safety case's author"] = (Roles.Lead, "/actors/account?type=account&id=hidden-author", "There is no such account"),
        ["a case that never was"] = (Roles.Lead, "/cases/999999999", "There is no such case"),
        ["a batch that never was"] = (Roles.Lead, "/cases/batches/999999999", "There is no such batch"),
        ["a golden case by the id of a person"] = (Roles.Lead, "/quality/golden/PERSON", "There is no such golden case"),
        ["a plan by the id of a person"] = (Roles.Lead, "/quality/plans/PERSON", "There is no such plan"),
        ["a session by the id of a person"] = (Roles.Lead, "/quality/calibration/PERSON", "There is no such session"),
    };

    /// <summary>What programs without the child-safety scope ask.</summary>
    private static readonly Dictionary<string, string> s_programs = new(StringComparer.Ordinal)
    {
        ["a child-safety case by its number"] = "cases/HIDDEN",
        ["a case that never was"] = "cases/999999999",
        ["a case of a negative number"] = "cases/-1",
        ["a case of number zero"] = "cases/0",
        ["a case beyond all numbers"] = "cases/99999999999999999999999",
        ["a case by a fraction"] = "cases/1.5",
        ["a case by a pattern"] = "cases/%25",
        ["a case by a piece of SQL"] = "cases/1%20OR%201=1",
        ["the proof of a case that never was"] = "audit/cases/999999999/proof",
        ["a head that never was"] = "audit/heads/consistency?from=1&to=999999999",
    };

    public static TheoryData<string> Pages => [.. s_pages.Keys];

    public static TheoryData<string> Programs => [.. s_programs.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OfWhatBelongsToOthers_SaysThatItIsNotThere(string attempt)
    {
        (string role, string path, string instead) = s_pages[attempt];
        (long hidden, string mark) = await target.HiddenAsync();

        await using CircuitSocket circuit = await CircuitSocket.OpenAsync(target, await target.CookieAsync(role), await AtAsync(path, hidden, role));

        await circuit.UntilAsync(instead);
        Assert.DoesNotContain(mark, circuit.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_AskingForWhatIsNotForIt_LearnsThatItIsNotThere(string attempt)
    {
        (long hidden, string mark) = await target.HiddenAsync();

        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Get, $"/api/v1/{s_programs[attempt].Replace("HIDDEN", $"{hidden}", StringComparison.Ordinal)}", key: target.Key.Key);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(mark, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cases?limit=100")]
    [InlineData("cases?limit=100&status=open")]
    [InlineData("decisions")]
    public async Task List_ForAProgram_DoesNotNameAChildSafetyCase(string list)
    {
        (long hidden, _) = await target.HiddenAsync();

        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Get, $"/api/v1/{list}", key: target.Key.Key);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotMatch(new Regex($"\"(number|caseNumber)\":{hidden}\\D"), await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("cases?status=Open%27%20OR%201=1")]
    [InlineData("cases?status=0")]
    [InlineData("cases?limit=-1")]
    [InlineData("cases?limit=0")]
    [InlineData("cases?limit=100000")]
    [InlineData("cases?limit=1e3")]
    [InlineData("cases?cursor=%27")]
    [InlineData("cases?cursor=-1")]
    [InlineData("decisions?since=%27%20OR%201=1")]
    [InlineData("decisions?since=99999-01-01")]
    [InlineData("audit/heads/consistency?from=-1")]
    [InlineData("audit/heads/consistency?from=x")]
    public async Task Filter_ThatIsNone_IsRefused(string filter)
    {
        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Get, $"/api/v1/{filter}", key: target.Key.Key);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<string> AtAsync(string path, long hidden, string role)
    {
        Guid asks = await target.Scene.ReadAsync(db => db.Users.Where(user => user.Email == Target.People[role]).Select(user => user.Id).SingleAsync(Cancel));
        return path.Replace("HIDDEN", $"{hidden}", StringComparison.Ordinal)
            .Replace("PERSON", $"{asks}", StringComparison.Ordinal);
    }
}
