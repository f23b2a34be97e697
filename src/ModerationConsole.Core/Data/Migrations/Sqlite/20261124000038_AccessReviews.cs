using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccessReviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "access_review",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    StartedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_review", x => x.Number);
                    table.ForeignKey(
                        name: "FK_access_review_moderator_StartedBy",
                        column: x => x.StartedBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "access_review_line",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Review = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: true),
                    RoleId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Permission = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    KeyId = table.Column<Guid>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    AnsweredBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_access_review_line", x => x.Id);
                    table.ForeignKey(
                        name: "FK_access_review_line_AspNetRoles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "AspNetRoles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_access_review_line_access_review_Review",
                        column: x => x.Review,
                        principalTable: "access_review",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_access_review_line_api_key_KeyId",
                        column: x => x.KeyId,
                        principalTable: "api_key",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_access_review_line_moderator_AnsweredBy",
                        column: x => x.AnsweredBy,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_access_review_line_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_access_review_StartedBy",
                table: "access_review",
                column: "StartedBy");

            migrationBuilder.CreateIndex(
                name: "IX_access_review_line_AnsweredBy",
                table: "access_review_line",
                column: "AnsweredBy");

            migrationBuilder.CreateIndex(
                name: "IX_access_review_line_KeyId",
                table: "access_review_line",
                column: "KeyId");

            migrationBuilder.CreateIndex(
                name: "IX_access_review_line_PersonId",
                table: "access_review_line",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_access_review_line_Review_State",
                table: "access_review_line",
                columns: new[] { "Review", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_access_review_line_RoleId",
                table: "access_review_line",
                column: "RoleId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_review_line");

            migrationBuilder.DropTable(
                name: "access_review");
        }
    }
}
