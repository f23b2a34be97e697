using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What an action is done to.</summary>
public enum ActionTarget
{
    Item,
    Author,
    RelatedItem,
}

/// <summary>What the platform can be told to do.</summary>
public sealed class ActionDefinition : IVersioned
{
    /// <summary>Id on the wire, e.g. <c>act_remove</c>. Never changes.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name on the button, a verb phrase: "Remove the post".</summary>
    public string Name { get; set; } = "";

    /// <summary>What it does, for people.</summary>
    public string Description { get; set; } = "";

    /// <summary>Where the platform is told; empty: it is only recorded.</summary>
    public string CallbackUrl { get; set; } = "";

    /// <summary>JSON object sent as <c>custom</c> beside the parameters.</summary>
    public string CustomBody { get; set; } = "{}";

    /// <summary>Item types it applies to, comma separated; empty for all.</summary>
    public string ItemTypes { get; set; } = "";

    /// <summary>What it is done to.</summary>
    public ActionTarget Target { get; set; }

    /// <summary>Whether it can be taken back; decides the undo window.</summary>
    public bool Reversible { get; set; } = true;

    /// <summary>The action that takes it back, if there is one.</summary>
    public string? ReversalActionId { get; set; }

    /// <summary>Parameters that people or programs may give, JSON list of name, type and whether required.</summary>
    public string Parameters { get; set; } = "[]";

    /// <summary>Archived actions can no longer be chosen.</summary>
    public bool Archived { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

internal sealed class ActionDefinitionConfiguration : IEntityTypeConfiguration<ActionDefinition>
{
    public void Configure(EntityTypeBuilder<ActionDefinition> builder)
    {
        builder.ToTable("action_definition");
        builder.Property(row => row.Id).HasMaxLength(TextLength.Id).ValueGeneratedNever();
        builder.Property(row => row.ReversalActionId).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Description).HasMaxLength(TextLength.Note);
        builder.Property(row => row.CallbackUrl).HasMaxLength(2_000);
        builder.Property(row => row.CustomBody).HasMaxLength(TextLength.Note);
        builder.Property(row => row.ItemTypes).HasMaxLength(TextLength.Note);
        builder.Property(row => row.Parameters).HasMaxLength(TextLength.Note);
    }
}
