using ModerationConsole.Core.Cases;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>An item type while it is added or changed.</summary>
public sealed class TypeForm
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public ItemKind Kind { get; set; }

    public Sensitivity Sensitivity { get; set; }

    public bool Archived { get; set; }

    public List<Field> Fields { get; init; } = [];

    public long? Version { get; init; }

    /// <summary>A type that is there already.</summary>
    public static TypeForm Of(ItemTypeView type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new TypeForm
        {
            Id = type.Id,
            Name = type.Name,
            Kind = type.Kind,
            Sensitivity = type.Sensitivity,
            Archived = type.Archived,
            Fields = [.. type.Fields.Select(field => new Field
            {
                Name = field.Name,
                Type = field.Type,
                Many = field.Many,
                Required = field.Required,
                Role = field.Role,
                Sensitive = field.Sensitive,
            })],
            Version = type.Version,
        };
    }

    /// <summary>What the core is asked to save.</summary>
    public ItemTypeDraft Draft() => new(
        Id.Trim(), Name, Kind, [.. Fields.Select(field => new ItemField(field.Name.Trim(), field.Type, field.Many, field.Required, field.Role, field.Sensitive))],
        Sensitivity, Archived, Version);

    /// <summary>One field.</summary>
    public sealed class Field
    {
        public Guid Key { get; init; } = Guid.NewGuid();

        public string Name { get; set; } = "";

        public FieldType Type { get; set; }

        public bool Many { get; set; }

        public bool Required { get; set; }

        public FieldRole Role { get; set; }

        public bool Sensitive { get; set; }
    }
}
