using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Why a person is offered nothing at the moment. Their own business: no audit, export or hub tells it.</summary>
public enum RestKind
{
    Break,
    Paused,
}

/// <summary>A person on a break or paused; no row means they may be offered work.</summary>
public sealed class Rest
{
    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Break or pause.</summary>
    public RestKind Kind { get; set; }

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset Since { get; set; }
}

internal sealed class RestConfiguration : IEntityTypeConfiguration<Rest>
{
    public void Configure(EntityTypeBuilder<Rest> builder)
    {
        builder.ToTable("rest");
        builder.HasKey(row => row.PersonId);
        builder.Property(row => row.PersonId).ValueGeneratedNever();
        builder.HasOne<Moderator>().WithOne().HasForeignKey<Rest>(row => row.PersonId);
    }
}
