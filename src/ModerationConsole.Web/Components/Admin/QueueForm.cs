using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>A queue while it is added or changed, with who may work it.</summary>
public sealed class QueueForm
{
    public Guid? Id { get; init; }

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public QueueKind Kind { get; set; }

    public string Description { get; set; } = "";

    public int? DeadlineMinutes { get; set; }

    public bool PolicyRequired { get; set; } = true;

    public bool ReasonRequired { get; set; } = true;

    public bool IsDefault { get; set; }

    public bool IsFallback { get; set; }

    public bool Archived { get; set; }

    public List<string> Pinned { get; init; } = [];

    public HashSet<string> HiddenActions { get; init; } = [];

    public HashSet<string> People { get; init; } = [];

    public HashSet<string> Teams { get; init; } = [];

    public long? Version { get; init; }

    /// <summary>A queue that is there already.</summary>
    public static QueueForm Of(QueueSettings queue, QueueAccessList access)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(access);
        return new QueueForm
        {
            Id = queue.Id,
            Name = queue.Name,
            Slug = queue.Slug,
            Kind = queue.Kind,
            Description = queue.Description,
            DeadlineMinutes = queue.DeadlineMinutes,
            PolicyRequired = queue.PolicyRequired,
            ReasonRequired = queue.ReasonRequired,
            IsDefault = queue.IsDefault,
            IsFallback = queue.IsFallback,
            Archived = queue.Archived,
            Pinned = [.. queue.PinnedPolicies ?? []],
            HiddenActions = [.. queue.HiddenActions ?? []],
            People = [.. access.People.Select(person => person.Id.ToString())],
            Teams = [.. access.Teams.Select(team => team.Id.ToString())],
            Version = queue.Version,
        };
    }

    /// <summary>What the core is asked to save.</summary>
    public QueueSettings Settings() => new(
        Id, Name, Slug, Kind, Description, IsDefault, IsFallback, PolicyRequired, ReasonRequired, DeadlineMinutes,
        Pinned, [.. HiddenActions], Archived, Version);
}
