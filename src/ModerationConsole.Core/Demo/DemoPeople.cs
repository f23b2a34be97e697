using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Demo;

/// <summary>Someone of the demo and their role.</summary>
public sealed record DemoPerson(string Email, string Role);

/// <summary>The people and teams of the demo.</summary>
internal sealed class DemoPeople(AddPerson addPerson, SaveTeam saveTeam)
{
    /// <summary>Who is there, in the order of the sign-in lines.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("moderator@demo.local", Roles.Moderator),
        new("moderator2@demo.local", Roles.Moderator),
        new("lead@demo.local", Roles.Lead),
        new("expert@demo.local", Roles.PolicyExpert),
        new("quality@demo.local", Roles.QualityReviewer),
        new("analyst@demo.local", Roles.Analyst),
        new("auditor@demo.local", Roles.Auditor),
        new("admin@demo.local", Roles.Admin),
    ];

    /// <summary>The team that works the review queues.</summary>
    public const string ReviewTeam = "Review";

    /// <summary>Adds teams and people; returns ids by e-mail address, and the review team's.</summary>
    public async Task<(IReadOnlyDictionary<string, Guid> People, Guid ReviewTeam)> AddAsync(string password, CancellationToken cancellationToken)
    {
        SaveTeamOutcome team = await saveTeam.RunAsync(Caller.System, null, ReviewTeam, null, cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(team.Result == SaveTeamResult.Saved, "team");
        Dictionary<string, Guid> people = new(StringComparer.Ordinal);
        foreach (DemoPerson person in All)
        {
            bool reviews = Roles.PermissionsOf(person.Role).Contains(Permission.ReviewCases);
            AddPersonOutcome added = await addPerson.RunAsync(
                Caller.System,
                new NewPerson(person.Email, NameOf(person), [person.Role], reviews ? team.TeamId : null, "", password),
                cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(added.Result == AddPersonResult.Added, person.Email);
            people[person.Email] = added.PersonId;
        }

        team = await saveTeam.RunAsync(Caller.System, team.TeamId, ReviewTeam, people["lead@demo.local"], cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(team.Result == SaveTeamResult.Saved, "team lead");
        return (people, team.TeamId);
    }

    // Named by what they do: the demo invents nobody.
    private static string NameOf(DemoPerson person) => person.Email.Split('@')[0] switch
    {
        "moderator" => "Moderator One",
        "moderator2" => "Moderator Two",
        "lead" => "Team Lead",
        "expert" => "Policy Expert",
        "quality" => "Quality Reviewer",
        string other => char.ToUpperInvariant(other[0]) + other[1..],
    };
}

/// <summary>The demo as a whole.</summary>
internal static class DemoParts
{
    /// <summary>The demo is made of valid parts; anything else is a defect.</summary>
    public static void Expect(bool condition, string part)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The demo could not be made: {part}.");
        }
    }
}
