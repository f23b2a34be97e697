namespace ModerationConsole.Web.Components.Audit;

/// <summary>Names of what the audit knows by id only.</summary>
public sealed class AuditNames(IEnumerable<(string Id, string Name)> names)
{
    private readonly Dictionary<string, string> _names = names.DistinctBy(name => name.Id).ToDictionary(name => name.Id, name => name.Name, StringComparer.Ordinal);

    /// <summary>The name, or null.</summary>
    public string? Of(Guid? id) => id is { } known ? Of(known.ToString()) : null;

    /// <inheritdoc cref="Of(Guid?)" />
    public string? Of(string? id) => id is null ? null : _names.GetValueOrDefault(id);

    /// <summary>The name, or enough of the id to tell it from others: ids of version 7 differ at their end.</summary>
    public string NameOrShort(Guid? id) => Of(id) ?? (id is { } known ? "…" + known.ToString("N")[^8..] : "");
}
