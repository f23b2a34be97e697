using System.Globalization;
using ModerationConsole.Core.Escalations;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>The filters of the list as they stand in the address; so a link, a reload and the way back keep them.</summary>
public sealed record EscalationQuery
{
    /// <summary>Whose.</summary>
    public EscalationSide Side { get; init; }

    /// <summary>Where they stand; null for any.</summary>
    public EscalationState? State { get; init; }

    /// <summary>How pressing; null for any.</summary>
    public EscalationUrgency? Urgency { get; init; }

    /// <summary>The area; null for any.</summary>
    public string? Area { get; init; }

    /// <summary>How many came before.</summary>
    public int Skip { get; init; }

    /// <summary>Whether anything is filtered at all.</summary>
    public bool Any => this with { Skip = 0 } != new EscalationQuery();

    /// <summary>What the core is asked for.</summary>
    public EscalationFilter Filter => new() { Side = Side, State = State, Urgency = Urgency, AreaId = Area, Skip = Skip };

    /// <summary>Reads it from the parts of an address; what makes no sense is no filter.</summary>
    public static EscalationQuery Read(string? side, string? state, string? urgency, string? area, int? skip) => new()
    {
        Side = Named<EscalationSide>(side) ?? EscalationSide.All,
        State = Named<EscalationState>(state),
        Urgency = Named<EscalationUrgency>(urgency),
        Area = string.IsNullOrEmpty(area) ? null : area,
        Skip = Math.Max(0, skip ?? 0),
    };

    /// <summary>The address of another side.</summary>
    public string With(EscalationSide? side) => (this with { Side = side ?? EscalationSide.All, Skip = 0 }).Address;

    /// <summary>The address of another state; the one that is chosen is taken off.</summary>
    public string With(EscalationState state) => (this with { State = State == state ? null : state, Skip = 0 }).Address;

    /// <summary>The address of another urgency; the one that is chosen is taken off.</summary>
    public string With(EscalationUrgency urgency) => (this with { Urgency = Urgency == urgency ? null : urgency, Skip = 0 }).Address;

    /// <summary>The address of another area.</summary>
    public string WithArea(string? area) => (this with { Area = string.IsNullOrEmpty(area) ? null : area, Skip = 0 }).Address;

    /// <summary>The address of the part before or after.</summary>
    public string Part(int by) => (this with { Skip = Math.Max(0, Skip + by) }).Address;

    private string Address
    {
        get
        {
            string[] parts =
            [
                .. new (string Name, string? Value)[]
                {
                    ("side", Side == EscalationSide.All ? null : Side.ToString()),
                    ("state", State?.ToString()),
                    ("urgency", Urgency?.ToString()),
                    ("area", Area),
                    ("skip", Skip == 0 ? null : Skip.ToString(CultureInfo.InvariantCulture)),
                }.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"),
            ];
            return parts.Length == 0 ? "escalations" : $"escalations?{string.Join('&', parts)}";
        }
    }

    private static T? Named<T>(string? name)
        where T : struct, Enum => Enum.TryParse(name, ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : null;
}
