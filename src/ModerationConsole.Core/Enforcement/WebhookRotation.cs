using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ModerationConsole.Core.Enforcement;

/// <summary>That webhooks are signed with other keys from a moment on. The keys themselves lie in the data directory, under this id.</summary>
public sealed class WebhookRotation
{
    /// <summary>Identity, and part of the names of the keys' files.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>From when on, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Until when webhooks are signed with the former keys as well, UTC.</summary>
    public DateTimeOffset OldUntil { get; init; }
}

internal sealed class WebhookRotationConfiguration : IEntityTypeConfiguration<WebhookRotation>
{
    public void Configure(EntityTypeBuilder<WebhookRotation> builder)
    {
        builder.ToTable("webhook_rotation");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
