using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Ladder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "EncryptedWith",
                table: "media_object",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "HoldUntil",
                table: "media_object",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Ladder",
                table: "media_object",
                type: "nvarchar(30)",
                maxLength: 30,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.CreateTable(
                name: "audit_tile",
                columns: table => new
                {
                    Level = table.Column<int>(type: "int", nullable: false),
                    Index = table.Column<long>(type: "bigint", nullable: false),
                    Hashes = table.Column<byte[]>(type: "varbinary(max)", maxLength: 8192, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_tile", x => new { x.Level, x.Index });
                });

            migrationBuilder.CreateTable(
                name: "audit_unsealed",
                columns: table => new
                {
                    EntryId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_unsealed", x => x.EntryId);
                });

            migrationBuilder.CreateTable(
                name: "media_rendition",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Step = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    ContentType = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Width = table.Column<int>(type: "int", nullable: true),
                    Height = table.Column<int>(type: "int", nullable: true),
                    DurationSeconds = table.Column<double>(type: "float", nullable: true),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_media_rendition", x => new { x.Sha256, x.Step });
                });

            migrationBuilder.CreateTable(
                name: "media_reveal",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    MediaId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Step = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: true),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: true),
                    Fencing = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: true),
                    Filters = table.Column<string>(type: "nvarchar(max)", maxLength: 5000, nullable: false),
                    RevealedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_media_reveal", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "media_reveal_end",
                columns: table => new
                {
                    RevealId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Seconds = table.Column<double>(type: "float", nullable: false),
                    Cause = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_media_reveal_end", x => x.RevealId);
                    table.ForeignKey(
                        name: "FK_media_reveal_end_media_reveal_RevealId",
                        column: x => x.RevealId,
                        principalTable: "media_reveal",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_media_object_Ladder_NextAttemptAt",
                table: "media_object",
                columns: new[] { "Ladder", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_media_reveal_CaseNumber",
                table: "media_reveal",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_media_reveal_ExpiresAt",
                table: "media_reveal",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_media_reveal_PersonId_RevealedAt",
                table: "media_reveal",
                columns: new[] { "PersonId", "RevealedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_media_reveal_TaskNumber_Fencing",
                table: "media_reveal",
                columns: new[] { "TaskNumber", "Fencing" });

            // What was stored before there was a ladder gets one; what was recorded before there was sealing is sealed.
            migrationBuilder.Sql("UPDATE [media_object] SET [Ladder] = 'Waiting' WHERE [State] IN ('Ready', 'Placeholder') AND [Sha256] IS NOT NULL");
            migrationBuilder.Sql("INSERT INTO [audit_unsealed] ([EntryId], [At]) SELECT [Id], [At] FROM [audit_entry]");
            foreach (string statement in AppendOnlySql.CreateSqlServer(AppendOnlySql.LadderTables))
            {
                migrationBuilder.Sql(statement);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (string statement in AppendOnlySql.DropSqlServer(AppendOnlySql.LadderTables))
            {
                migrationBuilder.Sql(statement);
            }

            migrationBuilder.DropTable(
                name: "audit_tile");

            migrationBuilder.DropTable(
                name: "audit_unsealed");

            migrationBuilder.DropTable(
                name: "media_rendition");

            migrationBuilder.DropTable(
                name: "media_reveal_end");

            migrationBuilder.DropTable(
                name: "media_reveal");

            migrationBuilder.DropIndex(
                name: "IX_media_object_Ladder_NextAttemptAt",
                table: "media_object");

            migrationBuilder.DropColumn(
                name: "EncryptedWith",
                table: "media_object");

            migrationBuilder.DropColumn(
                name: "HoldUntil",
                table: "media_object");

            migrationBuilder.DropColumn(
                name: "Ladder",
                table: "media_object");
        }
    }
}
