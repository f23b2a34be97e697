using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>A person while they are added or changed.</summary>
public sealed class PersonForm
{
    public string Email { get; set; } = "";

    public string Name { get; set; } = "";

    public string TeamId { get; set; } = "";

    public string Languages { get; set; } = "";

    public HashSet<string> Roles { get; init; } = [];

    /// <summary>Permissions given by person, by name.</summary>
    public HashSet<string> Own { get; init; } = [];

    /// <summary>The chosen team.</summary>
    public Guid? Team => Guid.TryParse(TeamId, out Guid id) ? id : null;

    /// <summary>Someone who works here already.</summary>
    public static PersonForm Of(PersonRow person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new PersonForm
        {
            Email = person.Email,
            Name = person.DisplayName,
            TeamId = person.TeamId?.ToString() ?? "",
            Languages = person.Languages,
            Roles = [.. person.Roles],
            Own = [.. person.Own.Select(permission => permission.ToString())],
        };
    }

    /// <summary>Whether a permission is to be given by person.</summary>
    public bool Gives(Permission permission) => Own.Contains(permission.ToString());
}
